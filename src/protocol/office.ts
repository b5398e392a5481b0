import { z } from 'zod'
import { deskId, opaqueId, words } from './ids.ts'
import { DUTY_PERIODS } from './vocabulary.ts'

/*
 * What administrators set up, and supervisors for their desks: desks, rosters, leave, standing
 * officers. Days are those of Shanghai, both ends included.
 */

const day = z.iso.date()
const name = words(32)
const list = z.array(words(40)).max(100)
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
const hours = z
  .array(z.strictObject({ from: timeOfDay, to: timeOfDay }))
  .min(1)
  .max(6)
  .refine((all) => all.every(({ from, to }, i) => from < to && (all[i - 1]?.to ?? '') <= from), {
    message: 'periods follow one another',
  })

const deskShape = {
  name,
  topics: list.meta({ description: 'FAQ topics that it takes' }),
  districts: list.meta({ description: 'of its enterprises; empty: all' }),
  industries: list.meta({ description: 'of its enterprises; empty: all' }),
  hours: hours.nullable().meta({ description: 'working time of its own; null: the calendar’s' }),
  lead: opaqueId.nullable().meta({
    description: 'supervisor or administrator who is told of what is overdue; null: all admins',
  }),
  fallback: z.boolean().meta({ description: 'takes what no rule routes; one desk does' }),
}
export const newDeskSchema = z
  .strictObject({ ...deskShape, id: deskId })
  .partial()
  .required({
    id: true,
    name: true,
  })
export const deskChangeSchema = z.strictObject({ ...deskShape, active: z.boolean() }).partial()
export const deskSchema = z.object({ ...deskShape, id: deskId, active: z.boolean() })
export type NewDesk = z.infer<typeof newDeskSchema>
export type DeskChange = z.infer<typeof deskChangeSchema>
export type DeskView = z.infer<typeof deskSchema>

const turnShape = { day, period: z.enum(DUTY_PERIODS) }
export const turnSchema = z.object({ ...turnShape, officer: opaqueId })
export const rosterSchema = z.object({ items: z.array(turnSchema) })
export const rosterChangeSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        ...turnShape,
        officer: opaqueId.nullable().meta({ description: 'null: nobody' }),
      }),
    )
    .min(1)
    .max(800),
})
export type Turn = z.infer<typeof turnSchema>
export type TurnChange = z.infer<typeof rosterChangeSchema>['items'][number]

export const newLeaveSchema = z
  .strictObject({ officer: opaqueId, from: day, to: day, note: words(200).optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is before the first day' })
export const leaveSchema = z.object({
  id: opaqueId,
  officer: opaqueId,
  from: day,
  to: day,
  note: z.string(),
})
export type NewLeave = z.infer<typeof newLeaveSchema>
export type Leave = z.infer<typeof leaveSchema>

export const newStandingSchema = z
  .strictObject({
    uscc: z.string(),
    officer: opaqueId,
    standIn: opaqueId.nullable().optional(),
    from: day.optional().meta({ description: 'today where it is left out' }),
    to: day.nullable().optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'is too early' })
export const standingSchema = z.object({
  uscc: z.string(),
  officer: opaqueId,
  standIn: opaqueId.nullable(),
  from: day,
  to: day.nullable(),
})
export type NewStanding = z.infer<typeof newStandingSchema>
export type StandingView = z.infer<typeof standingSchema>

export const memberSchema = z.object({
  id: opaqueId,
  username: z.string(),
  name: z.string(),
  role: z.string(),
  desk: z.string().optional(),
  desks: z.array(z.string()),
  disabled: z.boolean(),
  held: z.int().meta({ description: 'threads that they hold' }),
})
export type Member = z.infer<typeof memberSchema>
export const disableSchema = z
  .strictObject({
    to: opaqueId.optional().meta({ description: 'the officer who is given the open threads' }),
    release: z.literal(true).optional().meta({ description: 'they go back to the queue' }),
  })
  .refine(({ to, release }) => !(to && release), { path: ['to'], message: 'either, or' })

const count = z.int()
const load = {
  waiting: count,
  held: count,
  soon: count,
  late: count,
  silent: count.meta({ description: 'of what is late, that which somebody holds' }),
}
/** What is due and late, by desk and by person. */
export const loadSchema = z.object({
  at: z.string(),
  soonUntil: z.string().meta({ description: '`soon` is what falls due up to then' }),
  desks: z.array(z.object({ id: z.string(), name: z.string(), ...load })),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      desk: z.string().optional(),
      held: count,
      soon: count,
      late: count,
      leaveUntil: day.optional().meta({ description: 'on leave today, up to and with this day' }),
    }),
  ),
})
export type Load = z.infer<typeof loadSchema>
