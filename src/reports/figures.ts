import type { Figure } from './figure.ts'
import { botShare, helpful, noticeAgain } from './figures/answers.ts'
import { accepted, handedOn, longChain } from './figures/handovers.ts'
import { overdue, overdueBy } from './figures/promises.ts'
import { onTime, reminded, reopened, resolution, response, satisfaction } from './figures/rates.ts'
import { firstReplyTime, holdingTime, queueTime, resolutionTime } from './figures/times.ts'

/** Every figure of a report, in the order in which it is shown: 三率 first. */
export const FIGURES: readonly Figure[] = [
  response,
  resolution,
  satisfaction,
  onTime,
  reopened,
  reminded,
  firstReplyTime,
  resolutionTime,
  queueTime,
  holdingTime,
  overdue,
  ...overdueBy,
  handedOn,
  longChain,
  accepted,
  botShare,
  helpful,
  noticeAgain,
]
