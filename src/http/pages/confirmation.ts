import { sha256 } from '@noble/hashes/sha2.js'
import { html, raw } from 'hono/html'
import type { Basis, ClockFact } from '../../protocol/entries.ts'
import type { ClockSummary, Directory, Proof } from '../../protocol/http.ts'
import type { Confirmation, Held, Said } from '../../record/confirmation.ts'
import { STYLE } from './confirmation-style.ts'
import * as words from './confirmation-words.ts'

export interface Printed extends Confirmation {
  /** Names of the enterprise's persons, by id. */
  names: ReadonlyMap<string, string>
  desks: Directory['desks']
  now: Date
  /** Of the last seal that covers it. */
  proof: Proof | null
  stateOf(fact: ClockFact): ClockSummary['state'] | undefined
}

const STYLE_HASH = btoa(String.fromCharCode(...sha256(new TextEncoder().encode(STYLE))))

/** No script, nothing from elsewhere, no other style than its own. */
export const CONFIRMATION_CSP =
  `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; ` +
  "frame-ancestors 'none'"

/** The printable record of a thread (答复确认单), complete in one file. */
export function confirmationPage(printed: Printed) {
  const { thread, now } = printed
  const { id, enterprise } = thread
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>答复确认单 ${id}</title>
<style>${raw(STYLE)}</style>
</head>
<body><main>
<h1>答复确认单</h1>
<p class="no">编号 ${id}</p>
<dl>
<dt>企业</dt><dd><bdi>${enterprise.name}</bdi>（${enterprise.uscc}）</dd>
<dt>提问人</dt><dd><bdi>${printed.names.get(thread.asker) ?? '（未留姓名）'}</bdi></dd>
<dt>提问时间</dt><dd>${time(thread.openedAt)}</dd>
<dt>状态</dt><dd>${words.STATES[thread.state]}${thread.outcome ? `，${words.OUTCOMES[thread.outcome]}` : ''}</dd>
<dt>承办科室</dt><dd><bdi>${deskName(printed, thread.desk) ?? '—'}</bdi></dd>
<dt>首问责任人</dt><dd><bdi>${thread.firstResponder?.name ?? '—'}</bdi></dd>
<dt>打印时间</dt><dd>${time(now.toISOString())}（所有时间均为北京时间，UTC+8）</dd>
</dl>
<h2>问与答</h2>
${printed.said.map((one) => said(printed, one))}
${handling(printed)}
${ratings(printed)}
${proof(printed)}
<footer class="muted">
<p>机器解答供参考，以书面意见为准。答复按当时有效的依据作出；依据以后有变化的，以新规定为准。</p>
<p>咨询内容不作为执法线索。</p>
</footer>
</main></body></html>`
}

/** On the wall in Beijing, with its zone for machines. */
function time(at: string) {
  const wall = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19)
  return html`<time datetime="${wall}+08:00">${wall.replace('T', ' ')}</time>`
}

const deskName = ({ desks }: Printed, id: string | null) =>
  desks.find((desk) => desk.id === id)?.name ?? id

function said(printed: Printed, one: Said) {
  const { by, kind, corrected, faq } = one
  const isTheirs = by.role === 'enterprise'
  const label = isTheirs && kind === 'said' ? '补充' : words.KINDS[kind]
  const look = isTheirs ? 'theirs' : by.role === 'bot' ? 'machine' : 'ours'
  const text = one.text ?? '（此条内容已按规定删除）'
  return html`<article class="${look}">
<header><span><b>${label}</b> <bdi>${whose(printed, one)}</bdi></span><span class="muted">第 ${one.seq} 条 · ${time(one.at)}</span></header>
${faq ? html`<p class="words muted">对应问题：${faq.question}</p>` : ''}
<p class="words">${corrected?.text ?? text}</p>
${
  corrected
    ? html`<div class="was"><span class="mark">✎ 已更正</span>（<bdi>${corrected.name ?? ''}</bdi> ${time(corrected.at)}），原文：<p class="words">${text}</p></div>`
    : ''
}
${one.files.length > 0 ? html`<ul>${one.files.map((name) => html`<li>附件：<bdi>${name}</bdi></li>`)}</ul>` : ''}
${one.basis.length > 0 ? html`<p class="words muted">依据</p><ol>${one.basis.map(basis)}</ol>` : ''}
${faq ? html`<small>知识条目 ${faq.id}，第 ${faq.version} 版</small>` : ''}
</article>`
}

function whose(printed: Printed, { by }: Said): string {
  if (by.role === 'bot') return ''
  if (by.role === 'enterprise') return printed.names.get(by.id) ?? ''
  const desk = deskName(printed, by.desk)
  return `${by.name ?? words.ROLES[by.role]}${desk ? `（${desk}）` : ''}`
}

function basis({ title, number, article, issuer, effective, status }: Basis) {
  const parts = [number, article, issuer, effective && `${effective} 起施行`, words.BASIS[status]]
  return html`<li>${title}<span class="muted">（${parts.filter(Boolean).join('，')}）</span></li>`
}

function handling(printed: Printed) {
  const { clocks, holders } = printed
  if (clocks.length === 0 && holders.length === 0) return ''
  return html`<h2>承办与时限</h2>
${holders.length > 0 ? html`<ul>${holders.map((held) => holder(printed, held))}</ul>` : ''}
${
  clocks.length > 0
    ? html`<table><thead><tr><th>时限</th><th>起算</th><th>承诺</th><th>完成</th><th>结果</th></tr></thead>
<tbody>${clocks.map((fact) => clock(printed, fact))}</tbody></table>`
    : ''
}`
}

function holder(printed: Printed, { at, kind, who, desk }: Held) {
  const name = who
    ? `${who.name}（${deskName(printed, desk) ?? ''}）`
    : (deskName(printed, desk) ?? '')
  return html`<li>${time(at)} ${words.KINDS[kind]}：<bdi>${name}</bdi></li>`
}

const LOOK: { [state in ClockSummary['state']]?: string } = {
  met: 'kept',
  missed: 'late',
  overdue: 'late',
}

function clock({ stateOf }: Printed, fact: ClockFact) {
  const { name, limit, startedAt, dueAt, metAt } = fact
  const state = stateOf(fact) ?? 'running'
  const term = `${limit.number} ${words.UNITS[limit.unit]}`
  return html`<tr>
<td><b>${words.CLOCKS[name]}</b><br><small>${term}，${limit.ground}</small></td>
<td data-name="起算">${time(startedAt)}</td>
<td data-name="承诺">${dueAt ? time(dueAt) : '—'}</td>
<td data-name="完成">${metAt ? time(metAt) : '—'}</td>
<td data-name="结果"><span class="${LOOK[state] ?? ''}">${words.CLOCK_STATES[state]}</span></td></tr>`
}

function ratings({ ratings: all }: Printed) {
  if (all.length === 0) return ''
  return html`<h2>企业评价</h2><ul>${all.map(
    ({ at, grade, comment }) =>
      html`<li>${time(at)} ${words.GRADES[grade - 1] ?? grade}${comment ? html`：<bdi>${comment}</bdi>` : ''}</li>`,
  )}</ul>`
}

function proof({ thread, proof: found }: Printed) {
  const covered = found?.leaf.split(':')[1]
  return html`<h2>存证与核验</h2>
<dl>
<dt>案卷</dt><dd>共 ${thread.seq} 条记录，逐条相链，末条时间 ${time(thread.at)}</dd>
<dt>链头</dt><dd><code>${thread.seq}:${thread.head}</code></dd>
<dt>日封</dt><dd>${
    found
      ? html`${found.seal.day} 的日封覆盖至第 ${covered} 条，签名 <code>${found.seal.signature}</code>`
      : '尚无日封覆盖，最早于次日零时后生成'
  }</dd>
<dt>怎样核验</dt><dd>下载案卷文件 <code>/api/threads/${thread.id}/record</code> 和公钥 <code>/api/seals/key</code>，运行 <code>npm run verify -- 案卷文件 --key 公钥文件</code>：结果为 intact、且其链头与上面的一致，即未被改动。</dd>
</dl>`
}
