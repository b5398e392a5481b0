/** What visitors of each desk ask first. */
export const QUESTIONS = [
  '我们想做中水回用，补贴申请需要准备哪些材料，去哪个窗口？',
  '企业扩建一条生产线，环评需要重新报批还是做变更说明？',
] as const

const SAID = {
  visitor: [
    '您好，材料已经按清单准备好了，想请您再看一下还缺不缺。',
    '我们厂区的排水口在改造，改造期间的监测数据怎么报？',
    '请问这份报告需要加盖公章吗？扫描件可以先发给您吗？',
    '谢谢，明白了。另外想确认一下验收监测的频次是怎么规定的。',
    '设备下个月安装调试，调试期间用不用另外备案？',
    '好的，我们按您说的去办，办完了再来向您反馈。',
  ],
  officer: [
    '您好，材料收到，正在核对，今天下班前给您答复。',
    '这种情况按现行规定不需要重新报批，做好台账备查即可。',
    '可以先发扫描件，原件在现场核查时出示就行。',
    '监测频次以排污许可证副本载明的要求为准，请对照执行。',
    '建议先在平台上填报变更信息，我们收到后会联系您。',
    '不客气，还有问题请在这里继续留言，我会一直跟进。',
  ],
} as const

export type Side = keyof typeof SAID
export const SIDES = ['visitor', 'officer'] as const satisfies readonly Side[]

/** Words as people write them, and a number by which they are known again. */
export const wordsOf = (side: Side, n: number) => `${SAID[side][n % SAID[side].length]}#${n}`

export const numberIn = (text: string) => Number(text.slice(text.lastIndexOf('#') + 1))
