import { near } from './gate-words.ts'

/** Words of explosion, fire and poison for anger, weariness, prices, fame and television. */

/** With any of these nothing is a figure of speech: in doubt it stays an emergency. */
const REAL =
  '快来 来人 快派 赶紧 赶快 快跑 救 119 120 110 消防 伤 死 血 [昏晕呕] 疏散 撤离 [漏泄烧溢燃] 着火 起火 冒火 烟 毒气 ' +
  '有人 工人 员工 师傅 车间 厂房 宿舍 锅 釜 罐 瓶 管 炉 阀 泵 槽 塔 池 桶 箱 柜 车 库 设备 机 电[瓶线缆] 变压器 ' +
  '粉尘 [煤氧氢氨氯沼天]气 乙炔 蒸汽 化学 危化 危废 溶剂 [酸碱油矿] 炸[药弹] 鞭炮'
const DANGER = new RegExp(REAL.split(' ').join('|'), 'u')

const SOON = '[都要快就真太又也全今天我人的]{0,5}(?:原地)?'
const BURST = '(?:爆炸|炸|爆)[了啦]?(?![伤死飞开到坏断塌破裂出起])'

/** Feelings that nothing but a person has; what may be a name too, only before 得. */
const FEELING =
  '累 忙 饿 烦 愁 无聊 郁闷 尴尬 羡慕 委屈 (?:累|忙|饿|烦|愁|美|帅|爽|酷|开心|激动|好吃|好看|漂亮)[得到]'
const MIND = '心态 情绪 三观 脑袋 脑子 脑壳 (?<!.)头 (?<=\\s)头 我的?头 肺都?[要快]{0,2}气'
/** 气 is a gas as well, but not behind these. */
const ANGER = '我们?[都快要真被]{0,3}气[得到]? (?:(?<!.)|(?<=[\\s都快要真被]|老板|领导))气[得到]?'
const QUANTITY =
  '[价费][格用钱]? 成本 信息 知识 业务量 工作量 咨询量 访问量 单量 订单 流量 销量 人气 客流 人口 粉丝'
const TALK =
  '(?<!.)群里? (?<=[\\s信主作长们])群里? 朋友圈 评论区 弹幕 热搜 全网 电话[都快要]{0,2}被?打'

const MEDIA = '歌 曲 视频 电影 剧 综艺 节目 抖音 小红书 直播 主播 博主 网红 话题 [这那]款产?品?'
const FAMOUS = '[最近突然一下子又彻底也都真的在网上夜特别]{0,6}爆?火[了啦]'
const BOSS = '我 他 她 老板 领导 经理 客户 同事 老婆'

const PASTIME =
  '追剧 刷剧 看剧 韩剧 游戏 综艺 抖音 小说 动漫 麻将 网购 这[首个]?歌 短视频 电脑 u盘 硬盘 服务器'

const FIGURES = [
  near(`${FEELING} ${MIND} ${ANGER} ${QUANTITY} ${TALK}`, 0, SOON, 0, BURST),
  near('(?:我们?|[想就])[都快要就真]{0,3}原地', 0, BURST),
  /爆炸(?:式|性|般)的?(?:增长|上涨|新闻|消息)/u,
  near(MEDIA, 0, FAMOUS),
  near('最近 网上 抖音上 一夜之间', 0, '[又就也都爆特别很真]{0,3}火[了啦]'),
  near('(?<!.) (?<=[\\s把])', 0, BOSS, 0, '[都又真对冲我是很]{0,4}发?火[了啦]'),
  /[惹恼]火了?/u,
  near(PASTIME, 0, '[我都真的已经]{0,4}中毒(?![气烟物死])[太很好]?深?了?'),
].map(({ source }) => new RegExp(source, 'gu'))

/**
 * Normalised text without its figures of speech: “累得要爆炸了”, “价格爆炸”, “追剧中毒太深”. What is
 * left is judged like any other text, so a cry for help beside them is heard.
 */
export function withoutFigures(normalised: string): string {
  if (DANGER.test(normalised)) return normalised
  return FIGURES.reduce((left, figure) => left.replace(figure, ' '), normalised)
    .replace(/ {2,}/g, ' ')
    .trim()
}
