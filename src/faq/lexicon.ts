/**
 * Words that carry little of a question's subject. In a knowledge base of a hundred entries their
 * rarity is an accident, so each is treated as if a share `COMMON` of many more documents had it.
 * After folding; single characters and pairs are what the tokenizer yields.
 */
const SCAFFOLD =
  '怎么 怎么办 什么 为什么 什么时候 多少 多久 哪里 谁 要不要 能不能 算不算 有没有 是不是 我们 你们 他们 ' +
  '我的 这个 那个 一个 这种 那种 请问 咨询 想问 问下 一下 您好 你好 老师 领导 公司 企业 单位 厂里 厂子 ' +
  '工厂 现在 目前 已经 可以 需要 应该 必须 如果 还是 或者 以及 但是 因为 所以 关于 对于 这样 那样 时候 ' +
  '情况 问题 东西 事情 知道 觉得 想要 打算 准备 手续 办理 要求 规定 政策 有关 相关 属于 进行 就是 不是 ' +
  '没办 还要 还能 还用 会不 不会 会吗 要吗 行吗 吗 呢 吧 的 了 在 和 与 及 或 是 有 要 能 会 可 不 没 就 ' +
  '都 也 还 又 再 才 被 把 给 对 从 到 去 来 上 下 里 个 这 那 我 你 他 您 们 啊 着 过 得 地 之 为 以 用 做 ' +
  '办 弄 搞 想 问 说 看 吗 怎 么 什 多 少 久 哪 谁 几 很 太 最 更 一 些 点 自己 谢谢 麻烦 帮忙 帮我 吗'

const COMMON = 0.3
const share = new Map<string, number>()
for (const word of SCAFFOLD.split(' ')) {
  share.set(word, COMMON)
  // The pairs inside a longer scaffold word are scaffold too.
  for (let i = 0; i + 2 <= word.length; i++) {
    if (word.length > 2) share.set(word.slice(i, i + 2), COMMON)
  }
}

/** The share of ordinary documents that would hold this unit, 0 for a word with a subject. */
export const backgroundShare = (unit: string): number => share.get(unit) ?? 0

/** What a question asks for: the only difference between many neighbouring entries. */
export const ASPECTS = {
  amount: /多少|(?:罚|交|给|补|减|缴)几|几万|几块|金额|标准是多/,
  duration: /多久|几年|几个月|时限|期限|有效期|多长|几次|频次|提前|几小时/,
  when: /什么时候|之前|之后|起算|截止|到期/,
  who: /谁|找哪|归哪|部门|几级|市里|省里|区里|委托|第三方/,
  where: /哪里|去哪|在哪|到哪|哪个网|网址|平台|窗口|入口/,
  how: /怎么|流程|步骤|材料|程序|申请|填|报送/,
  allowed: /能不能|可以|能(?!力|源|耗)|允许|行吗|准许/,
  needed: /要不要|需要|必须|要吗|非得|一定|强制|要办|要做|要报/,
  whether: /算不算|是不是|算吗|算(?!法)|认定|界定|属于|区别|区分|不一样/,
  penalty: /罚|后果|责任|违法|判刑|拘留|坐牢/,
  what: /什么|内容|包括|意思/,
  why: /为什么|原因|依据/,
  money: /补贴|收费|免费|费用|花钱|要钱|价格|退税|抵免|减免|优惠/,
  lost: /忘了|丢了|掉了|找不到|填错|错了|坏了|过期|失效|作废/,
} as const satisfies Record<string, RegExp>
export type Aspect = keyof typeof ASPECTS

/** Aspects of a folded text. */
export function aspectsOf(text: string): Set<Aspect> {
  const found = new Set<Aspect>()
  for (const [aspect, pattern] of Object.entries(ASPECTS)) {
    if (pattern.test(text)) found.add(aspect as Aspect)
  }
  return found
}

// 要不要, 罚不罚: asking, not denying. 不服, 无证, 首违不罚 name their subject and deny nothing.
const NOT_DENYING =
  /([\p{Script=Han}])[不没]\1|有没有|首违不罚|不服|不达标|不正常|不合格|无组织|无证|不动产|不一样|不同/gu
const DENYING = /不|没|未|无|拒|免|取消|除外|别/

/** Does the folded text deny something? */
export const denies = (text: string): boolean => DENYING.test(text.replace(NOT_DENYING, ''))

const DIGITS = new Map([...'零一二三四五六七八九十'].map((sign, n) => [sign, String(n)] as const))
DIGITS.set('两', '2')
const COUNTED =
  /(\d+(?:\.\d+)?|[一二两三四五六七八九十])(?=个?(?:年|月|天|日|小时|周|次|倍|万|吨|米|兆|千|元|%|级|类|条|台|家))/g
const PLAIN = /\d+(?:\.\d+)?/g

/** Numbers that a folded text counts with, in digits. */
export function numbersOf(text: string): Set<string> {
  const found = new Set(text.match(PLAIN) ?? [])
  for (const [, number] of text.matchAll(COUNTED)) found.add(DIGITS.get(number!) ?? number!)
  return found
}
