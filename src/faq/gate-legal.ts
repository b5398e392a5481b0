import type { GateRule } from './gate.ts'
import { near, OWN, words } from './gate-words.ts'

/** How to fight the bureau's own decision, and what a court would say: all of them escalate. */

const LEGAL = '这要结合案情判断，机器不出主意。我替您转给人，也可以同时问您的律师。'

export const LEGAL_RULES: readonly GateRule[] = [
  {
    id: 'legal-strategy',
    reason: 'legal',
    act: 'escalate',
    why: 'Whether to sue and how to win is advice against, or for, the bureau’s own decision.',
    any: [
      near('要不要 该不该 用不用 需要 推荐 值得 得不得 要 得', 3, '请 找 聘', 2, '律师'),
      near(
        '该不该 要不要 值不值 值得 划不划算 能不能赢 能赢 赢面 胜算 打得赢',
        10,
        '起诉 官司 复议 诉讼 上诉 告你 告他 告环保 上法院',
      ),
      near(
        '起诉 打官司 官司 复议 诉讼 告你们 告环保局',
        12,
        '能赢 会赢 赢面 胜算 打得赢 打赢 会输 值得 划算 有用吗 有没有用 怎么打 怎么赢 有把握 成功率',
      ),
      near('笔录 口供 询问记录', 12, '改 翻 撤 不认 作废 推翻 重做 重新做 签错 说错'),
      near('签了?的? 签过', 4, '笔录 口供'),
      near('怎么 咋 如何', 3, '跟 和 告', '你们 环保局', '打官司 打 赢 理论 $'),
      near('哪个 哪家 找 推荐', 2, '律师'),
      near('法院 法官', 4, '认不认 采不采 会怎么判 怎么判'),
      near('不签字 没签字 认罚', 8, '会不会判 反悔 撤回 有没有用 算不算数 有效'),
      words(
        '起诉状 状子 诉状 答辩状 翻案 证据不足 证据够不够 告得?赢 告得倒 赢官司 打赢你们 胜诉 找关系 找熟人',
      ),
      near('我要 我想 打算 准备', 2, '起诉 告 上诉', 1, '你们 环保局 法院'),
    ],
    not: [words('听证 委托书')],
    text: LEGAL,
  },
  {
    id: 'legal-crime',
    reason: 'legal',
    act: 'escalate',
    why: 'Whether somebody present has committed a crime is never for the machine.',
    any: [
      near(`${OWN} 这 那`, 8, '算不算 是不是 算 构成 构不构成', 4, '犯罪 犯法 刑事 入刑'),
      near(`${OWN} 老板 法人 厂长`, 8, '坐牢 判刑 被抓 抓进去 取保 案底 抓走 进去'),
      words('取保 保释 认罪认罚'),
      /^[^ ]{0,6}(?:坐牢|判刑|判几年|拘留几天|抓人)[^ ]{0,4}$/u,
    ],
    not: [words('排 倒 埋 造假 做假 数据 检查 设施 停 拒 偷 辐射 危废')],
    text: LEGAL,
  },
]
