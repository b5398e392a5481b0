import { NOBODY, type RatioFigure } from '../figure.ts'

export const botShare: RatioFigure = {
  name: 'bot-share',
  kind: 'ratio',
  zh: {
    name: '机器解答占比',
    text: '全部咨询中，机器给出答案且始终没有转到人工的所占比例；不计给任何人员和科室。',
  },
  en: {
    name: 'Answered by the bot',
    text: 'Of all threads, the share that the bot answered and that never went to a person; to nobody’s credit.',
  },
  of: ({ answers, humanAt }) => [{ hit: answers.length > 0 && humanAt === null, who: NOBODY }],
}

export const helpful: RatioFigure = {
  name: 'helpful',
  kind: 'ratio',
  zh: {
    name: '机器解答有用率',
    text: '企业评判过的机器答案中，以最后一次评判为准，认为有用的所占比例；不计给任何人员和科室。',
  },
  en: {
    name: 'Judged helpful',
    text: 'Of the bot’s answers that the enterprise judged, the share whose latest judgement is helpful; to nobody’s credit.',
  },
  of: ({ answers }) =>
    answers.flatMap((answer) =>
      answer.helpful === null ? [] : [{ hit: answer.helpful, who: NOBODY }],
    ),
}

export const noticeAgain: RatioFigure = {
  name: 'notice-again',
  kind: 'ratio',
  zh: {
    name: '重复告知率',
    text: '全部一次性告知单中，同一件咨询里第二份及以后的所占比例；计给出具人。',
  },
  en: {
    name: 'Notices repeated',
    text: 'Of all one-time notices, the share that was the second or a later one in its thread; credited to who gave it.',
  },
  of: ({ notices }) => notices.map(({ by, again }) => ({ hit: again, who: by })),
}
