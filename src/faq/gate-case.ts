import type { GateRule } from './gate.ts'
import { near, OWN, words } from './gate-words.ts'

/** The asker's own case: never for the machine, all of them escalate. */

const CASE = '这是您单位的个案，机器不下结论。我替您转给人看，会告诉您谁受理、几点前回复。'

const MONEY = '[\\d一二三四五六七八九十两.]+(?:多|来|几)?(?:万|千|元|块|百)'
const PAPER = '罚单 罚款 处罚 案子 案件 告知书 决定书 通知书 单子 罚款单'
const MILDER = '免 减 少 撤 取消 销 改 通融 从轻 降 算了 不罚 罚 判 处理 轻'
/** A favour for the speaker, in so many words. */
const FAVOUR =
  '通融 放一马 放过我 网开一面 高抬贵手 照顾一下 行个方便 睁一只眼 下手轻 手下留情 从宽处理我 商量商量 打个招呼 帮帮忙'
/** Papers and proceedings that are somebody's own once he says “my”. */
const FILE =
  '案子 案件 单子 罚单 处罚 整改 复产 解封 查封 审批 材料 申请 报告 环评 验收 排污证 许可证 延续 变更 登记 修复 备案 批复 听证 项目'
/** Asking how far it has come, or whether it will come off. */
const STANDING =
  '批下来[没吗不] 批了[没吗] 批没批 还没批 没批下来 审到哪 审核到哪 审完 审过 进度 到哪一?步 怎么还没 咋还没 下来没 能下来 啥时候出 什么时候出 啥时候好 到哪了 办好[没吗] 办下来[没吗] ' +
  '出来了?[没吗] 受理了?[没吗] 通过了?[没吗] 过了[没吗] 能过[吗不] 能不能过 能通过 过不过 卡在哪 谁在办 谁办的 谁经办 ' +
  '有结果 结果咋 结果怎么 咋样了 怎么样了 怎样了 销案 结案了?[没吗] 能批[吗不] 会批[吗不] 能不能批'
const SILENCE =
  '啥时候 什么时候 几时 何时 怎么还 咋还 还没 没动静 没消息 没信 没回 没反应 没下文 到哪 多久能 几天能 石沉大海 批了没 批没批'
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
      /(?:会|要|得|到底|准备|不|保证)(?:不|不会|不能)?(?:罚|判|处罚|停|关|查封|抓)我们?.{0,4}(?:多少|几|不|吗|么|厂|$| )/u,
      near('给 对 让', '我 我们 俺 咱', 4, '减 少罚 免 降低? 轻 宽限'),
      near(
        '我们? 咱们? 俺',
        4,
        '被[查抓立举]',
        8,
        '会不会 会 要不要 能不能 要',
        3,
        '罚 判 停 关 抓',
      ),
      near('我 俺 咱', 8, '能不能不罚 能不罚 可以不罚 不罚行不 别罚 不要罚'),
      near('罚款 罚得 罚的', 2, '太高 太重 太多 太狠', 6, '能 可以 降 减 少'),
      near('我 俺 咱', 2, '[这那]', 6, '算不算 算 是不是', 10, '罚 判 停 关'),
      near('你 你们', 2, '给我 跟我 向我', '保证 担保 打包票 承诺'),
      words(FAVOUR),
    ],
    not: [words(PAYING, '三年前 几年前 多年前')],
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
      near('交不起 罚得太重 罚得太多 罚得太狠 罚太重 罚太多 罚重了 罚多了 罚冤了'),
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
      near('估一?下 估算 核算 测算 算一?下', 1, '我 我们 咱', 10, '多少 几 配额 税 钱'),
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
      near('我 俺 咱', 4, FILE, 10, STANDING),
      near('我 俺 咱', 2, '[这那]', 4, STANDING),
      near(
        '交了 交上去 递了 递上去 递交 报上去 报了 提交了? 送过去 送去 寄过去 寄出 申请了 填了',
        14,
        SILENCE,
      ),
      near(
        '啥时候 什么时候 几时 哪天 何时 多久 能不能 快点',
        4,
        '给我 让我 帮我',
        4,
        '解封 复产 恢复 批 办 发证 销案 处理 撤',
      ),
      near(
        '检查 抽检 抽查 采样 化验',
        4,
        '结果 单子',
        6,
        '啥时候 什么时候 出来 是啥 是什么 怎么样 咋样',
      ),
      near('检查单 检查记录 责令书 通知书', 2, '上', 6, '写 说', 10, '啥意思 什么意思 要罚 会罚'),
      near('延期 整改 复产 延续 变更', 2, '申请', 2, '批了没 批没 通过没 同意没'),
      near('我们? 咱们? 俺', '的?案子 的?案件', 8, '谁 咋 怎么 几 哪'),
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
      near('给 说 要', '个 句 一个 一句', '准话 准信 痛快话 结论 明确答复 话 说法'),
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
      near('来给我 来帮我 来替我 来给咱', '们? 厂', '测 量 看 检 查 监测'),
      near('来 到', 1, '现场 厂里 我们厂 我厂 车间', 4, '看 测 量 查 采样 监测 指认'),
      near('上门 过来 来人', 3, '测 量 采样 取样 监测', 0, '个 一下 下 测 量 噪 废 水 气'),
      near(
        '帮我 帮忙 帮我们 给我 替我',
        2,
        '看 瞧 检查 测 量 鉴定 判断',
        14,
        '该不该 是不是该 对不对 对不 写得 编得 够不够 行不行 合不合 有没有问题 达标 合格',
      ),
      near('看 发', 2, '照片 图片 图 现场图 视频', 8, '看看 判断 算不算 是不是 给你'),
    ],
    not: [words('体检 帮扶 指导 预约 请你们来看 别罚 包联 服务 查处 取缔 居民 业主 村民')],
    text: CASE,
  },
]
