import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/node/migrate.ts'
import { createTestCluster } from './cluster.ts'

/** The migrated database that test files clone. */
export const TEMPLATE = 'shouwen_template'

declare module 'vitest' {
  export interface ProvidedContext {
    pgAdminUrl: string
  }
}

/** Starts the one PostgreSQL of a test run; what it returns ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await createTestCluster()
  try {
    const url = await cluster.createDatabase(TEMPLATE)
    await migrate(url)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  project.provide('pgAdminUrl', cluster.adminUrl)
  return cluster.stop
}
