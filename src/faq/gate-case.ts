import type { GateRule } from './gate.ts'
import { near, OWN, OWN_THIS, oneOf, words } from './gate-words.ts'

/** The asker's own case, and how to fight it: never for the machine, all of them escalate. */

const CASE = '这是您单位的个案，机器不下结论。我替您转给人看，会告诉您谁受理、几点前回复。'
const LEGAL = '这要结合案情判断，机器不出主意。我替您转给人，也可以同时问您的律师。'

const MONEY = '[\\d一二三四五六七八九十两.]+(?:多|来|几)?(?:万|千|元|块|百)'
const PAPER = '罚单 罚款 处罚 案子 案件 告知书 决定书 通知书 单子 罚款单'
const MILDER = '免 减 少 撤 取消 销 改 通融 从轻 降 算了 不罚 罚 判 处理'
const PAYING = '分期 缓交 延期交 怎么交 逾期 微信 银行 现金'

export const CASE_RULES: readonly GateRule[] = [
  {
    id: 'case-outcome',
    reason: 'case',
    act: 'escalate',
    why: 'What will become of the own penalty: only the deciding officers may say.',
    any: [
      near(
        `${OWN} 这 那`,
        6,
        `${PAPER} 情况`,
        10,
        '能不能 可不可以 可以 能 会 要 到底 怎么',
        6,
        MILDER,
      ),
      near(OWN, 2, '[这那]', 8, '罚 判 赔 交 补', 2, '多少 几多 几万 几千 多重 几年 不'),
      near('你 你们', 2, '看 说 觉得 估计 打算 准备', 10, '罚 判 定', 4, '多少 几 不 吗 重 我'),
      near('会 要 得 到底 准备', 1, '罚我 判我 处罚我', 3, '多少 几 不 吗 么'),
    ],
    not: [words(PAYING)],
    text: CASE,
  },
  {
    id: 'case-amount',
    reason: 'case',
    act: 'escalate',
    why: 'A sum from a document in hand.',
    any: [
      near('告知书 决定书 罚单 处罚书 罚款单', 10, MONEY),
      near('被罚了? 罚了 罚我们? 要罚我们?', 4, MONEY),
      /罚[字告]? ?20\d\d ?第? ?\d{1,5} ?号/u,
    ],
    text: CASE,
  },
  {
    id: 'case-calculate',
    reason: 'case',
    act: 'escalate',
    why: 'A sum that is owed or due needs the whole file; a wrong one is acted upon.',
    any: [
      near(
        '帮 给 替',
        '我 我们 俺 咱 忙',
        6,
        '算(?!不|了) 核算 测算 估一?下 估算',
        16,
        '多少 几 税 罚 费 钱 量',
      ),
      near('算一?[下算]', OWN, 8, '要 该 得', 4, '交 罚 赔'),
    ],
    text: CASE,
  },
  {
    id: 'case-progress',
    reason: 'case',
    act: 'escalate',
    why: 'Where the own file stands is known to the person who has it.',
    any: [
      new RegExp(
        `(?:${OWN_THIS}|(?:我|俺|咱)们?(?:家|厂|公司))[^ ]{0,10}` +
          oneOf(
            '批下来没 批了没 批好 审到哪 审完 进度 到哪一步 到哪了 办好没 办下来没 出来了没 受理了没 卡在哪',
          ),
        'u',
      ),
      near(
        '交了 交上去 递了 递上去 报上去 提交了 送过去 寄过去 申请了',
        10,
        '啥时候 什么时候 几时 何时 怎么还 咋还 还没 没动静 没消息 到哪',
      ),
    ],
    not: [words('正常[吗不么]')],
    text: CASE,
  },
  {
    id: 'case-verdict',
    reason: 'case',
    act: 'escalate',
    why: 'A verdict on own figures or own conduct is wanted, and would be quoted back.',
    any: [
      near(OWN, 8, '超标 超了 超排 超出', 8, '\\d'),
      near('给 说', '个 句 一个', '准话 准信 痛快话 结论 明确答复'),
      near('你 你们', '说 看 觉得 判断', 8, '算不算 是不是违法 合不合法 违不违法 严不严重'),
    ],
    text: CASE,
  },
  {
    id: 'case-visit',
    reason: 'case',
    act: 'escalate',
    why: 'To look, measure or judge something on the spot is a person’s work.',
    any: [
      /(?:来|派人|派个人|上门|过来|下来|到现场|到厂里)[^ ]{0,5}(?:量|测|检测|看|检查|查|采样|监测|核实|鉴定)(?:一?下|看看|一看|一测|一趟|看)(?:吗|呗|吧|不|嘛|啊)?(?: |$)/u,
      near('派人 派个人 派人员 叫人 安排人', 8, '看 测 量 查 采样 监测'),
      near(
        '帮我 帮忙 帮我们 给我 替我',
        2,
        '看 瞧 检查 测 量 鉴定 判断',
        14,
        '该不该 是不是该 够不够 行不行 合不合 有没有问题 达标 合格',
      ),
      near('看 发', 2, '照片 图片 现场图 视频', 8, '看看 判断 算不算 是不是 给你'),
    ],
    not: [words('体检 帮扶 指导 预约 请你们来看 别罚 包联 服务')],
    text: CASE,
  },
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
      near('笔录 口供 询问记录', 8, '改 翻 撤 不认 作废 推翻 重做 签错'),
      near('签了?的? 签过', 4, '笔录 口供'),
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
      /^[^ ]{0,6}(?:坐牢|判刑|判几年|拘留几天|抓人)[^ ]{0,4}$/u,
    ],
    not: [words('排 倒 埋 造假 做假 数据 检查 设施 停 拒 偷 辐射 危废')],
    text: LEGAL,
  },
]
