/*
 * Written for both engines that read it, JavaScript's and PostgreSQL's: digits are listed, because
 * people type full-width ones, and groups do not capture.
 */
const N = '0-9０-９'
const D = `[${N}]`
/** What stands between the digits of one number. */
const GAP = '[ \\u00a0　\\-‐‑–—－]'
const S = `${GAP}?`
const ALNUM = `${N}A-Za-zＡ-Ｚａ-ｚ`

const many = (n: number) => `(?:${S}${D}){${n}}`
const alone = (number: string) => `(?<!${D})${number}(?!${D})`

/** A day written in eight digits, which eight digits of a telephone never look like. */
const DAY = '(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])'
/** Behind a number that counts something. */
const UNIT =
  '[ 　]?(?:[.．,，][0-9]|元|万|亿|吨|千克|公斤|克|米|立方|平方|亩|度|千瓦|人|件|户|字|[mM]|[tT]|kg|mg|kW|％|%)'
const PROVINCE = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'

/**
 * What points at a person or at their enterprise: e-mail, credit code (and the permit number that
 * begins with it), identity card, mobile, landline, bank card, any other long number that neither
 * counts something nor is a day, number plate. Not: numbers of documents and standards, amounts.
 */
export const PERSONAL = [
  '[A-Za-z0-9_.+-]{1,64}[@＠][A-Za-z0-9_-]{1,64}[.．][A-Za-z0-9_.-]{1,64}',
  `(?<![${ALNUM}])[0-9A-Za-z]{2}[0-9]{6}[0-9A-Za-z]{10}(?:[0-9]{3}[A-Za-z])?(?![${ALNUM}])`,
  alone(`[1-9１-９]${many(16)}${S}[${N}XxＸｘ]`),
  alone(`[1１]${S}[3-9３-９]${many(9)}`),
  alone(`[1１][3-9３-９]${D}[.．·]${D}{4}[.．·]${D}{4}`),
  `(?<!${D})[(（]?[0０]${D}{2,3}(?:[)）]|${GAP})?${S}[2-9２-９]${D}{2,3}${S}${D}{4}(?!${D})`,
  `(?<=(?:电话|座机|手机|号码|致电|拨打)[:：是为]?[ 　]?)[2-9２-９]${D}{2,3}${S}${D}{4}(?!${D})`,
  alone(`${D}{4}(?:${GAP}${D}{4}){3}(?:${S}${D}{1,3})?`),
  `(?<![${N}.．])(?!${DAY}(?!${D}))${D}{7,19}(?!${D}|${UNIT})`,
  `(?<![${PROVINCE}])[${PROVINCE}][A-HJ-NP-Z][ ·•.-]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])`,
].join('|')

const everywhere = new RegExp(PERSONAL, 'g')

export const maskText = (text: string) =>
  text.replace(
    everywhere,
    (hit) => `${hit.slice(0, 2)}${'*'.repeat(Math.max(hit.length - 4, 3))}${hit.slice(-2)}`,
  )
