import { boolean, index, integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { STAFF_ROLES } from '../protocol/vocabulary.ts'
import { instant } from './columns.ts'

export const staffRole = pgEnum('staff_role', STAFF_ROLES)

/** Members of the bureau. Never deleted: the record names them. */
export const staff = pgTable('staff', {
  id: text('id').primaryKey(),
  /** The sign-in name, folded (`foldLoginName`), so that it is compared in one form. */
  username: text('username').notNull().unique(),
  name: text('name').notNull(),
  role: staffRole('role').notNull(),
  /** The desk an officer sits at. */
  desk: text('desk'),
  /** Desks beside that one: those that a supervisor looks after. */
  desks: text('desks').array().notNull(),
  disabled: boolean('disabled').notNull().default(false),
  /** Who is given the threads that a disabled officer held; null: back to the queue. */
  successor: text('successor'),
  createdAt: instant('created_at').notNull(),
})

const ofStaff = () =>
  text('staff')
    .notNull()
    .references(() => staff.id, { onDelete: 'cascade' })

/** Apart from `staff`, so that no list of people ever carries a hash. */
export const staffPasswords = pgTable('staff_passwords', {
  staff: ofStaff().primaryKey(),
  hash: text('hash').notNull(),
  changedAt: instant('changed_at').notNull(),
})

/** Second factors (RFC 6238). */
export const staffTwoFactors = pgTable('staff_two_factors', {
  staff: ofStaff().primaryKey(),
  /** Encrypted with APP_SECRET. */
  secret: text('secret').notNull(),
  /** The time step of the newest code that was used: that one and older ones count no more. */
  usedStep: integer('used_step'),
  createdAt: instant('created_at').notNull(),
})

export const staffSessions = pgTable(
  'staff_sessions',
  {
    id: text('id').primaryKey(),
    staff: ofStaff(),
    /** HMAC of the cookie's token with APP_SECRET: the row alone opens nothing. */
    token: text('token').notNull().unique(),
    createdAt: instant('created_at').notNull(),
    /** The last activity, to the minute. */
    seenAt: instant('seen_at').notNull(),
    /** The absolute end, whatever the activity. */
    expiresAt: instant('expires_at').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [index('staff_sessions_staff').on(t.staff)],
)

/** Failed sign-ins of late, from which the lock is computed. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    id: text('id').primaryKey(),
    /** The name as typed, folded; it need not be anybody's. */
    username: text('username').notNull(),
    address: text('address').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('sign_in_failures_username').on(t.username, t.at)],
)
