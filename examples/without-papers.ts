/**
 * A resident whose photo was taken in Hefei has a social-security card replaced in Suzhou, and brings neither photo nor paper: the gateway
 * finds both in Anhui, shows them once, hands over what was agreed to, and the resident sees who looked.
 */
import { connect } from './client.ts'

interface Preview {
  readonly matter: { readonly id: string }
  readonly receiver: { readonly id: string; readonly name: string }
  readonly documents: readonly {
    readonly id: string
    readonly name: { readonly zh: string }
    readonly proposal: string
    readonly candidates: readonly {
      readonly id: string
      readonly kind: 'photo' | 'licence'
      readonly name: string
      readonly verdict: string
    }[]
  }[]
  readonly figures: Readonly<Record<string, number>>
  readonly completeness: { readonly licences: { readonly asked: number; readonly fresh: number } }
}
interface Filed {
  readonly id: string
  readonly caseNumber: string | null
  readonly status: string
  readonly exemptions: readonly {
    readonly document: string
    readonly how: string
    readonly licence: { readonly name: string; readonly region: string }
  }[]
}
interface Looked {
  readonly items: readonly {
    readonly at: string
    readonly act: string
    readonly body: { readonly name: string }
    readonly outcome: string
  }[]
}

const MATTER = '社会保障卡补领换领换发'
const RESIDENT = { name: '测试甲', number: '34010319000101001X' }

/** Walks the whole way, and tells each step through `say`. */
export async function withoutPapers(
  gateway: string,
  keys: string,
  say: (text: string) => void,
): Promise<void> {
  const answered = await fetch(`${gateway}/__sandbox/anhui/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'ahperson0001' }),
  })
  const { ticket } = (await answered.json()) as { ticket: string }
  const person = { region: 'anhui', ticket, scope: 'cases photos licences persons' }
  const own = await connect(gateway, 'sandbox-app', keys, person)
  const found = await fetch(`${gateway}/api/v1/matters?city=320500&q=${encodeURIComponent(MATTER)}`)
  const { items } = (await found.json()) as {
    items: readonly { readonly id: string; readonly divisions: readonly string[] }[]
  }
  const matter = items.find(({ divisions }) => divisions.includes('320500'))?.id ?? ''

  say('\n── 合肥居民 → 苏州, 不带照片, 不带材料')
  const { body: preview } = await own.call<Preview>('POST', '/me/preview', { matter })
  const { asked, fresh } = preview.completeness.licences
  const { documents, exempted, fields, toType } = preview.figures
  say(
    `   一次预览 问了 ${asked} 城, ${fresh} 城答复; 材料 ${documents} 项, 免交 ${exempted} 项; ${fields} 个字段, 只需填 ${toType} 个`,
  )
  const chosen = preview.documents.map(({ id, name, candidates: [best] }) => ({ id, name: name.zh, best }))
  for (const { name, best } of chosen) say(`   ${name}: ${best?.name ?? '自备'} (${best?.verdict ?? '–'})`)

  for (const kind of ['photo', 'licence'] as const) {
    const ids = chosen.flatMap(({ best }) => (best?.kind === kind ? [best.id] : []))
    const purpose = kind === 'photo' ? 'documentMaking' : 'replaceMaterial'
    const consent = { kind, items: ids, purpose, matter, receiver: preview.receiver.id }
    const { body: words } = await own.call<{ wording: { version: string; digest: string } }>(
      'POST',
      '/me/consents?dryRun=true',
      consent,
    )
    await own.call('POST', '/me/consents', { ...consent, digest: words.wording.digest })
    say(
      `   单独同意 ${words.wording.version}, 文字摘要 ${words.wording.digest.slice(0, 16)}…, 只交给${preview.receiver.name}`,
    )
  }
  const entries = await Promise.all(
    chosen.map(async ({ id, best }) => {
      if (best?.kind !== 'photo') return { id, mode: 'licence', licence: best?.id }
      const { body } = await own.call<{ uploadId: string; width: number; height: number; size: number }>(
        'POST',
        `/me/photos/${best.id}/uploads`,
        { matter, division: '320500', document: id },
      )
      say(`   照片裁成 ${body.width}×${body.height}, ${body.size} 字节`)
      return { id, mode: 'upload', uploads: [body.uploadId] }
    }),
  )
  const { body: filed } = await own.call<Filed>(
    'POST',
    '/cases',
    {
      matter,
      division: '320500',
      sourceDivision: '340100',
      applicant: {
        kind: 'person',
        name: RESIDENT.name,
        idDocument: { type: '111', number: RESIDENT.number },
        mobile: '10000000001',
        address: '合肥市示例路1号',
      },
      form: { blyy: '1' },
      documents: entries,
      delivery: { mode: 'post', name: RESIDENT.name, mobile: '10000000001', address: '合肥市示例路1号' },
    },
    { 'idempotency-key': crypto.randomUUID() },
  )
  say(`   办件编号 ${filed.caseNumber}  ${filed.status}`)
  for (const { how, licence } of filed.exemptions)
    say(`   免于提交 ${licence.name} ← ${licence.region} (${how})`)
  const { body: looked } = await own.call<Looked>('GET', '/me/accesses?limit=5')
  say('   谁看了我的材料:')
  for (const { at, act, body, outcome } of looked.items) say(`     ${at}  ${body.name}  ${act}  ${outcome}`)
}
