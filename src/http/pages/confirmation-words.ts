import type {
  AuthorRole,
  BasisStatus,
  ClockName,
  ClockState,
  EntryKind,
  LimitUnit,
  Outcome,
  ThreadState,
} from '../../protocol/vocabulary.ts'

/* The Chinese of the printed record: that of an office, where the widget's is that of a talk. */

export const STATES: Record<ThreadState, string> = {
  answering: '机器解答中',
  waiting: '等待受理',
  held: '办理中',
  resolved: '已办结',
  closed: '已归档',
}

export const OUTCOMES: Record<Outcome, string> = {
  answered: '已解答',
  referred: '已告知办理部门',
  handled: '已办理',
  withdrawn: '已撤回',
}

export const KINDS: { [K in EntryKind]?: string } = {
  asked: '提问',
  said: '答复',
  answered: '机器解答',
  replied: '机器回复',
  'opinion-given': '会办意见',
  'notice-given': '一次性告知单',
  resolved: '办结说明',
  reopened: '重新咨询',
  'called-back': '回访',
  claimed: '受理',
  'handover-accepted': '转办接收',
  assigned: '指派承办',
  released: '退回待受理',
  routed: '转科室',
}

export const ROLES: Record<AuthorRole, string> = {
  enterprise: '企业',
  bot: '机器',
  officer: '承办人员',
  supervisor: '科室负责人',
  curator: '知识库管理员',
  admin: '管理员',
  system: '系统',
}

export const CLOCKS: Record<ClockName, string> = {
  'first-reply': '首次答复',
  'next-reply': '后续答复',
  resolution: '办结',
  handover: '转办',
  reminder: '答复催办',
  supervision: '答复督办',
  'call-back': '差评回访',
}

export const CLOCK_STATES: Record<ClockState, string> = {
  running: '计时中',
  paused: '中止计时',
  met: '按时完成',
  overdue: '已超时，未完成',
  missed: '超时完成',
  unscheduled: '待排定',
  ended: '已终止',
}

export const UNITS: Record<LimitUnit, string> = {
  'working-minutes': '工作分钟',
  'working-hours': '工作小时',
  'working-days': '个工作日',
  hours: '小时',
  days: '日',
}

export const BASIS: Record<BasisStatus, string> = {
  current: '现行',
  trial: '试行',
  history: '历史依据',
  repealed: '已废止',
}

export const GRADES = ['非常不满意', '不满意', '基本满意', '满意', '非常满意']
