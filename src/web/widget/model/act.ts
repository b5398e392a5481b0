import type { CommandInput } from '../../../protocol/commands.ts'

/** Commands without words of the person's own: a refusal is told, not kept for later. */
type Act = { [T in CommandInput['type']]: Extract<CommandInput, { type: T }> }[
  | 'choose'
  | 'judge'
  | 'escalate'
  | 'cancel'
  | 'rate'
  | 'remind']
/** An act as a button knows it: the id is minted here. */
export type ActInput = Act extends infer A ? (A extends Act ? Omit<A, 'id'> : never) : never
