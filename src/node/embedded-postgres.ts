export { type Embedded, openEmbedded } from './embedded-postgres/open.ts'
export { EmbeddedPostgresError, type Trouble } from './embedded-postgres/trouble.ts'
