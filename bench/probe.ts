import { answer } from './ipc.ts'

/*
 * Preloaded into the measured servers, the same into both: collects garbage when it is asked to,
 * so that memory can be compared, and ends a server whose bench was killed.
 */
answer({
  collect() {
    globalThis.gc?.()
    return process.memoryUsage()
  },
})
process.channel?.unref()
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
