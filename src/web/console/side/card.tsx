import type { ReactNode } from 'react'

export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="side-card">
      <h3>{title}</h3>
      {children}
    </section>
  )
}
