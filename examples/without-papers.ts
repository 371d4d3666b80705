/**
 * A resident whose photo was taken in Hefei has a social-security card replaced in Suzhou, and brings neither photo nor paper: the gateway
 * finds both in Anhui, shows them once, hands over what was agreed to, and the resident sees who looked.
 */
import type { components } from 'delta-gateway/client'
import { connect } from './client.ts'

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
  const scope = 'cases photos licences persons'
  const own = connect(gateway, 'sandbox-app', keys, scope, { region: 'anhui', ticket })
  const { data: found } = await own.get('/api/v1/matters', {
    params: { query: { city: '320500', q: MATTER } },
  })
  const matter = found.items.find(({ divisions }) => divisions.includes('320500'))?.id ?? ''

  say('\n── 合肥居民 → 苏州, 不带照片, 不带材料')
  const { data: preview } = await own.post('/api/v1/me/preview', { body: { matter } })
  const { asked, fresh } = preview.completeness.licences
  const { documents, exempted, fields, toType } = preview.figures
  say(
    `   一次预览 问了 ${asked} 城, ${fresh} 城答复; 材料 ${documents} 项, 免交 ${exempted} 项; ${fields} 个字段, 只需填 ${toType} 个`,
  )
  const chosen = preview.documents.map(({ id, name, candidates: [best] }) => ({ id, name: name.zh, best }))
  for (const { name, best } of chosen) say(`   ${name}: ${best?.name ?? '自备'} (${best?.verdict ?? '–'})`)

  for (const kind of ['photo', 'licence'] as const) {
    const ids = chosen.flatMap(({ best }) => (best?.kind === kind ? [best.id] : []))
    const purpose = kind === 'photo' ? ('documentMaking' as const) : ('replaceMaterial' as const)
    const consent = { kind, items: ids, purpose, matter, receiver: preview.receiver.id }
    // What a trial tells is each operation's own: here the words that would be agreed to.
    const { data } = await own.dryRun('/api/v1/me/consents', { body: consent })
    const { wording } = data as unknown as components['schemas']['ConsentWords']
    await own.post('/api/v1/me/consents', { body: { ...consent, digest: wording.digest } })
    say(
      `   单独同意 ${wording.version}, 文字摘要 ${wording.digest.slice(0, 16)}…, 只交给${preview.receiver.name}`,
    )
  }
  const entries = await Promise.all(
    chosen.map(async ({ id, best }) => {
      if (best?.kind !== 'photo') return { id, mode: 'licence' as const, licence: best?.id ?? '' }
      const { data } = await own.post('/api/v1/me/photos/{id}/uploads', {
        params: { path: { id: best.id } },
        body: { matter, division: '320500', document: id },
      })
      say(`   照片裁成 ${data.width}×${data.height}, ${data.size} 字节`)
      return { id, mode: 'upload' as const, uploads: [data.uploadId] }
    }),
  )
  const { data: filed } = await own.post('/api/v1/cases', {
    body: {
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
  })
  say(`   办件编号 ${filed.caseNumber}  ${filed.status}`)
  for (const { how, licence } of filed.exemptions)
    say(`   免于提交 ${licence.name} ← ${licence.region} (${how})`)
  const { data: looked } = await own.get('/api/v1/me/accesses', { params: { query: { limit: 5 } } })
  say('   谁看了我的材料:')
  for (const { at, act, body, outcome } of looked.items) say(`     ${at}  ${body.name}  ${act}  ${outcome}`)
}
