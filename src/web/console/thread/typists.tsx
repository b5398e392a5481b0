import { useConsole, useDesk } from '../shell/console-context.ts'
import { thread as words } from '../wording.ts'

/** Who is writing right now: the enterprise, or a colleague (so that two do not answer). */
export function Typists({ thread }: { thread: string }) {
  const { me } = useConsole()
  const people = useDesk((state) => state.typing.get(thread))
  const others = [...(people?.values() ?? [])].map(({ by }) => by).filter((by) => by.id !== me.id)
  if (others.length === 0) return null
  return (
    <p className="typists">
      {others.map((by) => (
        <span key={by.id}>
          <bdi>{typistText(by.role, by.name)}</bdi>
        </span>
      ))}
      <i aria-hidden />
    </p>
  )
}

const typistText = (role: string, name: string | undefined) =>
  role === 'enterprise' ? words.typing(name ?? words.enterprise) : words.replying(name ?? '')
