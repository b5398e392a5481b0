import { DEMO_STAFF } from '../identity/demo.ts'

/** What a newcomer needs to know after `npm start`. */
export function banner(url: string, demo: { password: string } | null): string {
  const lines = ['', `首问 Shouwen  ${url}`, '']
  if (demo) {
    const accounts = DEMO_STAFF.map(({ username, name }) => `${username} ${name}`).join(' · ')
    lines.push(
      `  企业一侧 enterprise   ${url}/demo`,
      `  工作台   console      ${url}/console`,
      `  演示账号 accounts     ${accounts}`,
      `  口令     password     ${demo.password}`,
    )
  } else {
    lines.push(
      `  工作台 console    ${url}/console`,
      '  第一个管理员 first administrator: npm run admin -- create NAME --role admin',
    )
  }
  return `${[...lines, ''].join('\n')}\n`
}
