/** The tables of a region's page: what is kept and how, what is written by a rule, what is lost and why, and the codes. */
import { html } from 'hono/html'
import type { Explained } from '../../adapters/kit/contract.ts'
import type { CodeSheet, Part } from '../../federation/directory/region-sheet.ts'
import type { How } from '../../schemas/ledger.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

const HOW: Readonly<Record<How, readonly [zh: string, en: string]>> = {
  copied: ['照抄', 'copied'],
  coded: ['换代码', 'coded'],
  derived: ['推算', 'derived'],
  split: ['拆开', 'split'],
  merged: ['合并', 'merged'],
  defaulted: ['补上', 'defaulted'],
  dropped: ['不带', 'dropped'],
}

/** What a mark is drawn like: its word stands in it, the line is told apart without colour. */
export const markTag = (mark: string, words: string): Html => html`<span class="tag ${mark}">${words}</span>`

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)
/** A region's own word, or a rule's name: marked with its language where that is not the page's. */
function foreign(text: string, { language }: Reader): Html | string {
  if (isChinese(text)) return language === 'zh' ? text : html`<span lang="zh-CN">${text}</span>`
  return language === 'zh' && / /.test(text) ? html`<span lang="en">${text}</span>` : text
}

/** A path goes on in the next line before one of its parts. */
const broken = (path: string): Html =>
  html`${path.split('/').map((part, at) => html`${at > 0 ? html`<wbr>/` : ''}${part}`)}`

const table = (head: readonly [string, string], rows: readonly Html[]): Html =>
  html`<table class="members"><thead><tr><th scope="col">${head[0]}</th><th scope="col">${head[1]}</th></tr></thead><tbody>${rows}</tbody></table>`

export function partTables({ id, title, kept, filled, without }: Part, reader: Reader): Html {
  const { say } = reader
  const lost = without.filter(({ how }) => how === 'dropped')
  const known = without.filter(({ how }) => how !== 'dropped')
  return html`<h2 id="${id}">${say(title.zh, title.en)}</h2>
${table(
  [say('统一字段', 'Canonical field'), say('该地区的字段', 'The region’s field')],
  kept.map((row) => keptRow(row, reader)),
)}
${under(say('该地区另有, 按规则填写', 'Fields over there that are written by a rule'), filled, (row) => html`<tr><th scope="row"><code>${broken(row.wire.join(', '))}</code></th><td>${foreign(row.label, reader)}<br><span class="quiet">${foreign(row.rule, reader)}</span></td></tr>`, [say('该地区的字段', 'The region’s field'), say('含义与规则', 'Meaning and rule')])}
${under(say('带不过去的, 以及原因', 'What is lost, and why'), lost, (row) => reasonRow(row, reader), [say('统一字段', 'Canonical field'), say('原因', 'Why')])}
${under(say('不必传, 从别处得知', 'What need not be sent'), known, (row) => reasonRow(row, reader), [say('统一字段', 'Canonical field'), say('从哪里得知', 'From where')])}`
}

const under = (
  title: string,
  rows: readonly Explained[],
  row: (one: Explained) => Html,
  head: readonly [string, string],
): Html | string => (rows.length === 0 ? '' : html`<h3>${title}</h3>${table(head, rows.map(row))}`)

const keptRow = ({ canon, wire, label, how, rule, optional }: Explained, reader: Reader): Html =>
  html`<tr><th scope="row"><code>${broken(canon)}</code></th><td><code>${wire.map((one, at) => html`${at > 0 ? ', ' : ''}${broken(one)}`)}</code> ${foreign(label, reader)}<br><span class="quiet">${reader.say(...HOW[how])} · ${foreign(rule, reader)}${optional ? reader.say(' · 可缺', ' · optional') : ''}</span></td></tr>`

const reasonRow = ({ canon, label, rule }: Explained, reader: Reader): Html =>
  html`<tr><th scope="row"><code>${broken(canon)}</code></th><td>${foreign(label || rule, reader)}</td></tr>`

export const codeTables = (codes: readonly CodeSheet[], reader: Reader): Html =>
  html`${codes.map(
    ({ name, rows, never }) =>
      html`<details><summary><code>${name}</code> <span class="quiet">${rows.length}</span></summary>${table(
        [reader.say('统一的词', 'Canonical word'), reader.say('代码', 'Codes')],
        rows.map(
          ([word, some]) =>
            html`<tr><th scope="row"><code>${word}</code></th><td>${some.map((code, at) => html`${at > 0 ? ', ' : ''}${foreign(code, reader)}`)}</td></tr>`,
        ),
      )}${never.length === 0 ? '' : html`<p class="quiet">${reader.say('该地区从不这样说', 'Never said there')}: ${never.join(', ')}</p>`}</details>`,
  )}`
