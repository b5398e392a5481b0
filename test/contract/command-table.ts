import type { Draft } from '../../src/record/chain.ts'
import { BOT } from '../../src/record/rules/rule.ts'
import type { Told } from '../support/client.ts'
import type { TestServer } from '../support/server.ts'
import { append, aThread, type Stage, type Who } from './support.ts'

export const STAGES = ['answering', 'waiting', 'held', 'resolved', 'closed'] as const
export const CHOICES = [{ id: 'eia-material-change', question: '？' }]
const answered: Draft = {
  kind: 'answered',
  by: BOT,
  body: { faq: 'x', version: 1, question: '？', answer: '！', basis: [], confidence: 0.9 },
}
const choices: Draft = { kind: 'offered', by: BOT, body: { choices: CHOICES, confidence: 0.4 } }

/** A thread at that stage; its entry `answer` is an answer, and choices were offered. */
export async function prepared(server: TestServer, stage: Stage) {
  if (stage === 'answering') {
    const thread = await aThread(server, stage)
    return { thread, answer: await append(server, thread, answered, choices) }
  }
  const thread = await aThread(server, stage)
  return { thread, answer: await append(server, thread, answered) }
}

type Cell = string
type Row = readonly [Cell, Cell, Cell, Cell, Cell]
const every = (cell: Cell): Row => [cell, cell, cell, cell, cell]
const NF = 'not-found'
export const NO = 'not-allowed'
export const WS = 'wrong-state'
/** Nobody of the desk sees a thread that was not escalated; a curator only what is over. */
const MAY_NOT: Record<Exclude<Who, 'e0' | 'e2' | 'e3'>, Row> = {
  e1: every(NF),
  wang: [NF, NO, NO, NO, NO],
  li: [NF, NO, NO, NO, NO],
  zhao: every(NF),
  sun: [NF, NO, NO, NO, NO],
  qian: [NF, NF, NF, NO, NO],
  admin: every(NO),
}
const CLAIMED: Row = [NF, 'ack', 'already-claimed', 'already-claimed', 'already-claimed']

/** What the owner does with a thread that he holds. */
const OWNERS: Partial<Record<Who, Row>> = {
  ...MAY_NOT,
  e0: every(NO),
  wang: [NF, WS, 'ack', WS, WS],
  li: [NF, WS, 'not-owner', WS, WS],
}

/** Per command and caller, the outcome in `answering`, `waiting`, `held`, `resolved`, `closed`. */
export const TABLE: Record<string, Partial<Record<Who, Row>>> = {
  say: {
    ...MAY_NOT,
    e0: ['ack', 'ack', 'ack', WS, WS],
    wang: [NF, WS, 'ack', WS, WS],
    li: [NF, WS, 'not-owner', WS, WS],
  },
  choose: { ...MAY_NOT, e0: ['ack', WS, WS, WS, WS] },
  judge: { ...MAY_NOT, e0: every('ack') },
  escalate: { ...MAY_NOT, e0: ['ack', 'ack', 'ack', WS, WS] },
  cancel: { ...MAY_NOT, e0: ['ack', 'ack', WS, WS, WS] },
  claim: { ...MAY_NOT, e0: every(NO), wang: CLAIMED, li: CLAIMED },
  note: {
    ...MAY_NOT,
    e0: every(NO),
    wang: [NF, 'ack', 'ack', 'ack', 'ack'],
    li: [NF, 'ack', 'ack', 'ack', 'ack'],
    sun: [NF, 'ack', 'ack', 'ack', 'ack'],
  },
  resolve: {
    ...MAY_NOT,
    e0: every(NO),
    wang: [NF, WS, 'ack', WS, WS],
    li: [NF, WS, 'not-owner', WS, WS],
  },
  rate: { ...MAY_NOT, e0: [WS, WS, WS, 'ack', 'ack'] },
  reopen: { ...MAY_NOT, e0: [WS, WS, WS, 'ack', 'ack'] },
  route: { ...MAY_NOT, e0: every(NO), sun: [NF, 'ack', WS, WS, WS] },
  offer: OWNERS,
  accept: { ...OWNERS, wang: [NF, WS, 'not-offered', WS, WS], li: [NF, WS, 'ack', WS, WS] },
  decline: { ...OWNERS, wang: [NF, WS, 'not-offered', WS, WS], li: [NF, WS, 'ack', WS, WS] },
  withdraw: OWNERS,
  consult: OWNERS,
  opine: { ...OWNERS, wang: [NF, WS, 'not-offered', WS, WS], li: [NF, WS, 'ack', WS, WS] },
  pause: OWNERS,
  resume: OWNERS,
  notice: OWNERS,
  correct: {
    ...MAY_NOT,
    e0: every(NO),
    wang: [NF, 'not-owner', 'ack', 'ack', 'ack'],
    li: [NF, 'not-owner', 'not-owner', 'not-owner', 'not-owner'],
    sun: [NF, 'ack', 'ack', 'ack', 'ack'],
    qian: [NF, NF, NF, 'ack', 'ack'],
  },
  'call-back': {
    ...MAY_NOT,
    e0: every(NO),
    wang: [NF, WS, WS, 'ack', 'ack'],
    li: [NF, WS, WS, WS, WS],
    sun: [NF, WS, WS, 'ack', 'ack'],
  },
  remind: { ...MAY_NOT, e0: [WS, 'ack', 'ack', WS, WS] },
  supervise: { ...MAY_NOT, e0: every(NO), sun: [NF, 'ack', 'ack', WS, WS] },
  assign: { ...MAY_NOT, e0: every(NO), sun: [NF, 'ack', 'ack', WS, WS] },
  redact: { ...MAY_NOT, e0: every(NO), admin: every('ack') },
}

export const commandOf = (
  type: string,
  { thread, answer }: { thread: string; answer: number },
  li: string,
) => {
  const more: Record<string, object> = {
    say: { text: '补充一下' },
    choose: { faq: CHOICES[0]!.id },
    judge: { seq: answer, helpful: true },
    note: { text: '内部' },
    resolve: { outcome: 'handled', summary: '办结' },
    rate: { grade: 4 },
    reopen: { text: '还有问题' },
    route: { to: 'eia', reason: '归环评科' },
    offer: { to: li, reason: '他更熟悉' },
    decline: { reason: '不归我管' },
    consult: { to: 'eia', text: '要重新环评吗？' },
    opine: { text: '不用' },
    pause: { clock: 'resolution', ground: 'materials' },
    resume: { clock: 'resolution' },
    notice: { items: ['申请表'], steps: ['提交'], window: '一楼', limit: '五个工作日' },
    correct: { seq: answer, text: '更正' },
    'call-back': { text: '已回访' },
    supervise: { text: '请尽快答复' },
    assign: { to: li, reason: '请接手' },
    redact: { seq: answer, ground: '含个人信息' },
  }
  return { type, thread, ...more[type] } as Told
}

type Before = readonly [Who, Record<string, unknown>][]
const offered = (li: string): Before => [['wang', { type: 'offer', to: li, reason: '转' }]]

/** What must have happened for somebody to be able to do it. */
export const SETUP: Record<string, (li: string) => Before> = {
  accept: offered,
  decline: offered,
  withdraw: offered,
  opine: (li) => [['wang', { type: 'consult', to: li, text: '？' }]],
  resume: () => [['wang', { type: 'pause', clock: 'resolution', ground: 'survey' }]],
  'call-back': () => [['e0', { type: 'rate', grade: 1 }]],
}
