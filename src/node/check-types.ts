import { spawnSync } from 'node:child_process'

/** One project per world, so that none sees what it may not use. */
const WORLDS = [
  'src/tsconfig.json',
  'src/node/tsconfig.json',
  'src/web/tsconfig.json',
  'src/web/console/tsconfig.json',
  'test/tsconfig.json',
  'bench/tsconfig.json',
]

const failed = WORLDS.filter((world) => {
  const { status } = spawnSync('tsc', ['-p', world, '--pretty'], { stdio: 'inherit', shell: true })
  return status !== 0
})
if (failed.length > 0) {
  process.stderr.write(`types are wrong in ${failed.join(', ')}\n`)
  process.exit(1)
}
