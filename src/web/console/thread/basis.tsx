import type { Basis as BasisOf } from '../../../protocol/entries.ts'
import { record as words } from '../wording.ts'
import { basisStatus } from '../words.ts'
import { citation } from './citation.ts'

/** What an answer rests on, in full: a citation that cannot be checked is none. */
export function Basis({ basis }: { basis: readonly BasisOf[] }) {
  if (basis.length === 0) return null
  return (
    <ul className="basis" aria-label={words.basis}>
      {basis.map((one) => (
        <li key={`${one.title}${one.number}${one.article}`}>
          <bdi>{citation(one)}</bdi>
          {one.effective && <span className="muted"> {words.inForce(one.effective)}</span>}
          {basisStatus[one.status] && (
            <span className={`basis-status ${one.status}`}>{basisStatus[one.status]}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
