import { customType, timestamp } from 'drizzle-orm/pg-core'

/** A moment, in milliseconds like every time on the record. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})
