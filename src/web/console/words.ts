/** The protocol's closed lists, in the words that officers use. */
import type {
  AlertLevel,
  BasisStatus,
  ClockName,
  LimitUnit,
  Outcome,
  PauseGround,
  Reason,
  StaffRole,
  ThreadState,
} from '../../protocol/vocabulary.ts'

export const roles: Record<StaffRole, string> = {
  officer: '承办人员',
  supervisor: '科室负责人',
  curator: '知识库管理员',
  admin: '系统管理员',
}

export const states: Record<ThreadState, string> = {
  answering: '机器解答中',
  waiting: '待受理',
  held: '办理中',
  resolved: '已办结',
  closed: '已归档',
}

/** Of a thread that waits or is late, and who was told. */
export const alerts: Record<AlertLevel, string> = {
  half: '已提醒值班人员',
  most: '已报科室负责人',
  overdue: '超时，已报上一级',
  silent: '承办超时，已报科室负责人',
  emergency: '已通知值班人员',
}

export const outcomes: Record<Outcome, string> = {
  answered: '已解答',
  referred: '已指引到办理部门',
  handled: '已办理',
  withdrawn: '企业撤回',
}

export const clocks: Record<ClockName, string> = {
  'first-reply': '首次回复',
  'next-reply': '后续回复',
  resolution: '办结',
  handover: '接收转办',
  reminder: '回应催办',
  supervision: '回应督办',
  'call-back': '回访',
}

export const units: Record<LimitUnit, string> = {
  'working-minutes': '分钟（工作时间）',
  'working-hours': '小时（工作时间）',
  'working-days': '个工作日',
  hours: '小时',
  days: '日',
}

export const grounds: Record<PauseGround, string> = {
  materials: '等企业补充材料',
  survey: '现场踏勘',
  'expert-review': '专家评审',
  'other-department': '等其他部门答复',
  'force-majeure': '不可抗力',
}

export const reasons: Record<Reason, string> = {
  asked: '企业要求人工',
  'no-match': '知识库没有答案',
  unsure: '机器拿不准',
  case: '个案，机器不下结论',
  legal: '涉及处罚或法律责任',
  emergency: '紧急情况',
  complaint: '投诉或反映问题',
  'other-department': '其他部门职责',
  secret: '可能涉密',
  chat: '寒暄',
  abuse: '不当言辞',
}

export const basisStatus: Record<BasisStatus, string> = {
  current: '',
  trial: '试行',
  history: '历史依据',
  repealed: '已废止',
}

export const grades = ['非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const
