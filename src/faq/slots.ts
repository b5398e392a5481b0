/** What a text says in place of a slot that the bureau has not filled. */
const UNFILLED = '尚未配置，请转人工确认'

interface Slot {
  /** What the bureau is asked to fill in. */
  label: string
  /** Said until it does, where the plain words would not do. */
  unfilled?: string
}

/**
 * Everything that entries leave to the city: the closed list. A text names one as `{{name}}` behind
 * words that introduce it (“本市现行补助文件：{{subsidy-notice}}。”), because what is filled in is
 * the bare fact, without a full stop, and stands in their place together with the default.
 */
export const SLOTS = {
  'duty-phone': {
    label: '本局24小时值班电话',
    unfilled: '尚未配置，请打12345转生态环境局，或转人工',
  },
  'service-window': { label: '办事窗口（地址、时间、电话、网上入口）' },
  'eia-window': { label: '环评、验收的受理窗口和网上入口' },
  'permit-window': { label: '排污许可的受理窗口' },
  'waste-window': { label: '固体废物、危险废物管理的受理窗口和系统入口' },
  'radiation-window': { label: '辐射安全的受理窗口' },
  'soil-window': { label: '土壤、地下水调查报告的报送窗口' },
  'outfall-window': { label: '入河排污口的受理机构和窗口' },
  'penalty-window': { label: '陈述申辩、听证、罚款缓缴和信用修复的递交窗口' },
  'info-request-window': { label: '政府信息公开的申请入口' },
  'report-channels': { label: '本市环境举报渠道和奖励办法' },
  'inspection-phone': { label: '核实检查人员身份的电话' },
  'help-booking': { label: '帮扶、环保体检的预约入口和次数' },
  'reconsideration-office': { label: '行政复议机构的受理地址' },
  'subsidy-notice': { label: '本市现行节水、中水回用补助文件' },
  'relocation-policy': { label: '本市搬迁、退出和改造的补偿奖补政策' },
  'exemption-list': { label: '本省本市环评豁免文件' },
  'commitment-list': { label: '本省告知承诺制审批清单' },
  'approval-levels': { label: '本省环评分级审批目录' },
  'change-ruling': { label: '本省本市对验收后变动、重大变动的口径' },
  'first-violation-list': { label: '本省本市不予处罚（首违不罚）清单' },
  'discretion-rules': { label: '本省行政处罚裁量基准' },
  'apology-policy': { label: '本市道歉、学法减罚办法' },
  'credit-rules': { label: '本省环境信用评价办法' },
  'key-unit-list': { label: '本市环境监管重点单位名录' },
  'offsite-list': { label: '本省监督执法正面清单' },
  'local-standards': { label: '本省本市的地方排放标准' },
  'fuel-ban-zone': { label: '高污染燃料禁燃区范围' },
  'noise-zones': { label: '声环境功能区划' },
  'night-work-permit': { label: '夜间施工证明的出证部门和起止时间' },
  'fume-authority': { label: '餐饮油烟的执法部门' },
  'dust-authority': { label: '工地、道路扬尘的监管部门' },
  'drainage-authority': { label: '排水主管部门' },
  'heavy-pollution-plan': { label: '本市重污染天气应急预案和企业名单' },
  'grading-notice': { label: '绩效分级的申报通知' },
  'voc-timetable': { label: '源头替代的时间表和行业范围' },
  'waste-pilots': { label: '小微企业危险废物收集试点单位名单' },
  'insurance-list': { label: '环境污染责任保险的投保范围' },
  'permit-report-deadline': { label: '本年度排污许可执行报告的截止日期' },
  'tax-rates': { label: '本省环境保护税、水资源税的适用税额' },
} as const satisfies Record<string, Slot>

export type SlotName = keyof typeof SLOTS
export const SLOT_NAMES = Object.keys(SLOTS) as readonly SlotName[]
export const isSlotName = (name: string): name is SlotName => Object.hasOwn(SLOTS, name)

/** What the bureau has filled in. */
export type SlotTexts = ReadonlyMap<SlotName, string>
export const NO_SLOTS: SlotTexts = new Map()

const SLOT = /\{\{([a-z0-9-]+)\}\}/g
const BRACES = /\{+[\w -]{0,40}\}*|\}+/

/** The first braces in a text that are no slot, as they stand there. */
export function strangeSlot(text: string): string | undefined {
  const rest = text.replace(SLOT, (whole, name: string) => (isSlotName(name) ? '' : whole))
  return BRACES.exec(rest)?.[0]
}

/** A text as it is said in this city. */
export function fillSlots(text: string, texts: SlotTexts): string {
  if (!text.includes('{{')) return text
  return text.replace(SLOT, (whole, name: string) => {
    if (!isSlotName(name)) return whole
    const slot: Slot = SLOTS[name]
    return texts.get(name) ?? slot.unfilled ?? UNFILLED
  })
}

/** A text as it is searched: the names of slots are nobody's words. */
export const withoutSlots = (text: string): string => text.replace(SLOT, ' ')
