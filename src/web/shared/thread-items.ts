import type { Basis, BodyOf, FileRef, Refer } from '../../protocol/entries.ts'
import type { ClockName, Outcome, PauseGround, Reason } from '../../protocol/vocabulary.ts'

export interface Correction {
  text: string
  at: string
  by: string | undefined
}

interface At {
  seq: number
  at: string
}
/** Where a person's name and desk are shown; `desk` is an id. */
export interface Who {
  name: string
  desk?: string | undefined
}

/** One thing on the screen. What later entries say about it (a correction, a verdict) is in it. */
export type Item = At &
  (
    | {
        type: 'message'
        side: 'me' | 'colleague' | 'officer'
        text: string | undefined
        files: readonly FileRef[]
        name: string | undefined
        /** The desk that had the thread when it was said; an id. */
        desk: string | undefined
        label?: 'opinion' | 'called-back'
        corrected?: Correction
      }
    | {
        type: 'answer'
        faq: string
        question: string
        text: string
        basis: readonly Basis[]
        helpful?: boolean
        corrected?: Correction
        /** Nothing was decided after it: “没解决？转人工” belongs here. */
        newest: boolean
      }
    | {
        type: 'choices'
        choices: readonly { id: string; question: string }[]
        /** Still to be chosen from. */
        open: boolean
        chosen?: string
      }
    | {
        type: 'reply'
        reason: Reason
        text: string
        refer: Refer | undefined
        newest: boolean
        corrected?: Correction
      }
    | {
        type: 'escalated'
        reason: Reason
        desk: string
        promise: string | undefined
        note: string | undefined
        /** Nobody has claimed it yet. */
        open: boolean
      }
    | { type: 'emergency'; text: string }
    | { type: 'notice'; notice: BodyOf<'notice-given'>; name: string | undefined }
    | {
        type: 'resolved'
        outcome: Outcome
        summary: string
        name: string | undefined
        grade?: number
        /** Its rating is still to be given. */
        rateable: boolean
        corrected?: Correction
      }
    | { type: 'removed' }
    | { type: 'milestone'; what: Milestone }
  )
export type ItemOf<T extends Item['type']> = Extract<Item, { type: T }>

export type Milestone =
  | { kind: 'claimed'; who: Who; first: boolean }
  | { kind: 'handed-over'; who: Who; first: string | undefined }
  | { kind: 'routed'; to: string }
  | { kind: 'released' }
  | { kind: 'paused'; ground: PauseGround }
  | { kind: 'resumed' }
  | { kind: 'late'; clock: ClockName; dueAt: string }
  | { kind: 'reminded' }
  | { kind: 'reopened' }
  | { kind: 'corrected'; by: string; seq: number }
  | { kind: 'closed'; outcome: Outcome }
