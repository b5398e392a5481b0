/**
 * Building blocks of the gate's rules. A list of words is one string, separated by spaces; `near`
 * bounds what may stand between two words, so that every pattern is linear in the text.
 */

/** A pattern source that matches any of the words; each word may itself be a small pattern. */
export const oneOf = (...lists: string[]): string =>
  `(?:${lists
    .flatMap((list) => list.split(' '))
    .filter((word) => word !== '')
    .join('|')})`

export const words = (...lists: string[]): RegExp => new RegExp(oneOf(...lists), 'u')

/** Words of the first list, at most `gap` characters, words of the second, and so on. */
export function near(...parts: (string | number)[]): RegExp {
  const source = parts.map((part) => (typeof part === 'number' ? `.{0,${part}}` : oneOf(part)))
  return new RegExp(source.join(''), 'u')
}

/** Who speaks of himself. */
export const OWN = '我 俺 咱 阿拉 本公司 本厂 本单位 自己家'
/** Supposing, not reporting. */
export const SUPPOSING = '如果 假如 万一 要是 假设 一旦 倘若 假使 的话 演练 演习 模拟 培训 教育'
/** Long gone. */
export const LONG_GONE =
  '以前 之前 去年 前年 上个月 上月 上次 当年 曾经 历史上 年前 月前 那年 往年 早年 20\\d\\d年'

/** A word with which a text is about environmental law or this bureau's business. */
export const ENVIRONMENT = words(
  '环评 环保 排污 排口 危废 危险废物 固废 废水 废气 污水 中水 再生水 回用 vocs? 挥发性',
  '在线监测 自动监测 自行监测 监测 超标 环境影响 应急预案 土壤 地下水 辐射 放射 射线 探伤',
  '碳(?:市场|配额|排放) ccer 清洁生产 生态环境 环境 厂界 告知书 复议 听证 信用修复 活性炭 喷漆',
  '除尘 脱硫 脱硝 油烟 扬尘 粉尘 异味 恶臭 辅料 辅材 污染 治理设施 台账 雨污 绩效 重污染',
  '报告[书表] 登记[表回] 许可证延续 水资源税 三同时 未批先建 首违 免罚',
)

/** A text that wants to know something. */
export const ASKING = words(
  '怎么 咋 如何 多少 几多 几[天年万次个日月] 多久 哪里 哪个 在哪 去哪 能不能 要不要 可不可以 需要',
  '申请 办理 材料 流程 是否 会不会 算不算 找谁 什么时候 啥时候 期限 [吗不]$',
)
