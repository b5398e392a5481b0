import { date, index, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { DUTY_PERIODS } from '../protocol/vocabulary.ts'
import { staff } from './auth-schema.ts'

export const dutyPeriod = pgEnum('duty_period', DUTY_PERIODS)

/** Days are those of Shanghai, both ends included. */
const day = (name: string) => date(name, { mode: 'string' })
const officer = (name: string) => text(name).references(() => staff.id)

/** 包联: the officer who looks after an enterprise, and who stands in. Ended, never deleted. */
export const standing = pgTable(
  'standing',
  {
    id: uuid('id').primaryKey(),
    uscc: text('uscc').notNull(),
    officer: officer('officer').notNull(),
    standIn: officer('stand_in'),
    from: day('from_day').notNull(),
    /** Null: until somebody else is named. */
    to: day('to_day'),
  },
  (t) => [index('standing_uscc').on(t.uscc)],
)

export const leave = pgTable(
  'leave',
  {
    id: uuid('id').primaryKey(),
    officer: officer('officer').notNull(),
    from: day('from_day').notNull(),
    to: day('to_day').notNull(),
    note: text('note').notNull(),
  },
  (t) => [index('leave_officer').on(t.officer, t.to)],
)

/** Who is on duty at a desk; a night begins with its day's close. */
export const roster = pgTable(
  'roster',
  {
    desk: text('desk').notNull(),
    day: day('day').notNull(),
    period: dutyPeriod('period').notNull(),
    officer: officer('officer').notNull(),
  },
  (t) => [primaryKey({ columns: [t.desk, t.day, t.period] })],
)
