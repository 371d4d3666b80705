/** What stands against a filing, on the page with everything: each fault with the way to its question. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { type FieldError, type GatewayError, PROBLEMS } from '../../errors.ts'
import type { Draft } from '../../federation/drafts/content.ts'
import { documentKey } from '../../federation/drafts/content.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import type { PortalEnv } from '../env.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import type { Step } from './steps.ts'

/** A document that is missing stands at no place of its own: the sentence names it by its number. */
const missingIn = ({ pointer, zh }: FieldError, { matter }: Draft): MatterDocument | undefined =>
  pointer === '/documents' ? matter.documents.find(({ id }) => zh.includes(`(${id})`)) : undefined

/** The question that a fault of the application belongs to. */
function addressOf(fault: FieldError, draft: Draft, steps: readonly Step[]): string {
  const [, head = '', second = ''] = fault.pointer
    .split('/')
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (head === 'declared') return '#declared'
  const document = draft.content.documents[Number(second)]?.id ?? missingIn(fault, draft)?.id ?? ''
  const own = { form: `form.${second}`, documents: documentKey(document), delivery: 'address' }[head]
  const step = steps.find(({ key }) => key === (own ?? (second || head)))
  return step ? `/me/drafts/${draft.row.id}/steps/${encodeURIComponent(step.key)}` : '#check'
}

/** What is wrong, without the numbers of a region. */
function wordsOf(fault: FieldError, draft: Draft): Name {
  const missing = missingIn(fault, draft)
  return missing
    ? {
        zh: `缺少必要材料“${missing.name.zh}”`,
        en: `A required document is missing: ${missing.name.en ?? missing.name.zh}`,
      }
    : fault
}

export function checkProblems(
  problem: GatewayError,
  draft: Draft,
  steps: readonly Step[],
  c: Context<PortalEnv>,
): Html {
  const reader = c.get('reader')
  const { say } = reader
  return html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>${say('还不能提交', 'It cannot be filed yet')}</h2><p>${problem.errors.length > 0 ? say('请点下面的每一项去修改。您填的内容都在。', 'Follow each line below to mend it. All that you typed is kept.') : wholeWords(problem, reader)}</p><ul>${problem.errors.map(
    (one) => html`<li><a href="${addressOf(one, draft, steps)}">${reader.name(wordsOf(one, draft))}</a></li>`,
  )}</ul></div>`
}

/** What no question can mend; a case that is open already is a way on. */
function wholeWords({ code }: GatewayError, { say }: Reader): Html {
  const { title, fix } = PROBLEMS[code]
  return html`${say(`${title.zh}。${fix.zh}。您填的内容都在。`, `${title.en}. ${fix.en}. All that you typed is kept.`)}${code === 'DUPLICATE_CASE' ? html` <a href="/me/cases">${say('看我的办件', 'See my cases')}</a>` : ''}`
}
