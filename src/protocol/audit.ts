import { z } from 'zod'
import { AUDIT_ACTS, AUDIT_ROLES } from './vocabulary.ts'

/** Ids, codes and numbers; never what somebody wrote, nor anybody's name. */
const factsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
)
export type AuditFacts = z.infer<typeof factsSchema>

const hex = z.string().regex(/^[0-9a-f]{64}$/)

export const auditRowSchema = z.object({
  seq: z.int().min(1),
  at: z.string(),
  by: z.object({ role: z.enum(AUDIT_ROLES), id: z.string().optional() }),
  what: z.enum(AUDIT_ACTS),
  about: factsSchema,
  before: factsSchema.optional(),
  after: factsSchema.optional(),
  prev: hex.meta({ description: 'the hash before; 64 zeros for the first' }),
  hash: hex.meta({
    description:
      'hex SHA-256 over `prev` and the hex SHA-256 of the canonical JSON of all but both',
  }),
})
export type AuditRow = z.infer<typeof auditRowSchema>
