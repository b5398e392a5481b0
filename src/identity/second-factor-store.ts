import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { and, eq, isNull, lt, or } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { staffTwoFactors } from '../db/schema.ts'
import { newTotpSecret } from './totp.ts'

/** The database holds no usable secret: whoever reads it has no second factor. */
const keyOf = (appSecret: string) => `second factor\n${appSecret}`

/** Gives a person a new secret in place of any older one, and returns it, in base32. */
export async function enrol(db: Db, appSecret: string, staff: string, now: Date) {
  const secret = newTotpSecret()
  const sealed = await symmetricEncrypt({ key: keyOf(appSecret), data: secret })
  const row = { secret: sealed, usedStep: null, createdAt: now }
  await db
    .insert(staffTwoFactors)
    .values({ staff, ...row })
    .onConflictDoUpdate({ target: staffTwoFactors.staff, set: row })
  return secret
}

/** @throws when it was encrypted with another APP_SECRET: there is no way but a new one */
export async function openSecret(appSecret: string, sealed: string): Promise<string> {
  try {
    return await symmetricDecrypt({ key: keyOf(appSecret), data: sealed })
  } catch (cause) {
    const help = 'give the former one, or `npm run admin -- clear-otp NAME`'
    throw new Error(`A second factor was encrypted with another APP_SECRET: ${help}.`, { cause })
  }
}

/** Whether this step's code was not used before; of two at once only one is told so. */
export async function spendStep(db: Db, staff: string, step: number): Promise<boolean> {
  const { usedStep } = staffTwoFactors
  const used = await db
    .update(staffTwoFactors)
    .set({ usedStep: step })
    .where(and(eq(staffTwoFactors.staff, staff), or(isNull(usedStep), lt(usedStep, step))))
    .returning({ staff: staffTwoFactors.staff })
  return used.length > 0
}

export async function removeFactor(db: Db, staff: string) {
  await db.delete(staffTwoFactors).where(eq(staffTwoFactors.staff, staff))
}

export async function hasFactor(db: Db, staff: string): Promise<boolean> {
  return (await db.$count(staffTwoFactors, eq(staffTwoFactors.staff, staff))) > 0
}
