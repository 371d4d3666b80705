/** What the desk prints: the form of consent that the person signs, and the 收件告知单 that they take home. */
import type { Paper, Part } from '../../papers/print.ts'
import { cityName } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { masked } from '../identity/me.ts'
import { type DeskCase, deskFacts } from './content.ts'
import { CUSTODY, isCustodyStep } from './custody.ts'
import type { AtDesk } from './enter.ts'
import { flowOf } from './flows.ts'
import { CONSENT_PAPER } from './papers.ts'
import { matterOf } from './take-in.ts'

const FOOT = '长三角政务服务跨省通办'

const dayAndMinute = (at: Date): string => formatInstant(at).slice(0, 16).replace('T', ' ')

const placeOf = (division: string): string => `${cityName(division)?.zh ?? division}市`

/** Who, for what, where. */
function headOf({ row, content }: DeskCase, matter: Matter, division: string, at: AtDesk): readonly Part[] {
  const { name, idDocument } = content.person
  return [
    { kind: 'pair', name: '收件编号', text: row.id },
    { kind: 'pair', name: '申请人', text: `${name} (证件号码 ${masked(idDocument.number)})` },
    { kind: 'pair', name: '办理事项', text: matter.name.zh },
    { kind: 'pair', name: '办理地', text: placeOf(division) },
    { kind: 'pair', name: '办理方式', text: flowOf(row.mode).zh },
    { kind: 'pair', name: '收件窗口', text: at.client.name },
  ]
}

/** The act of printing is a look. */
async function printed(desk: DeskCase, act: string, paper: Paper, actor: Actor, deps: Deps): Promise<Buffer> {
  const facts = deskFacts(desk, act, { fields: ['name', 'idDocument'], clock: 'access' }, deps)
  await deps.store.accesses.append([accessRow(facts, actor, deps)])
  // The library of papers and its font are large, and most processes print nothing.
  const { print } = await import('../../papers/print.ts')
  return print(paper)
}

/** What the person agrees to when they sign. @throws GatewayError `DESK_STEP_MISSING` before a matter is chosen */
export async function printConsent(desk: DeskCase, at: AtDesk, actor: Actor, deps: Deps): Promise<Buffer> {
  const { matter, division } = await matterOf(desk, deps)
  const city = placeOf(division)
  const parts: readonly Part[] = [
    ...headOf(desk, matter, division, at),
    { kind: 'heading', text: '本人同意' },
    {
      kind: 'text',
      text: `一、${at.client.name}为办理上述事项, 通过长三角政务服务网关查询本人的电子证照信息和以前的办件, 只用于填写本次申请; 已经知道的内容不再要求本人填写。`,
    },
    {
      kind: 'text',
      text: '二、窗口工作人员看到的证照内容均作遮盖处理; 每次查看都有记录, 本人可以在网上查到。',
    },
    { kind: 'text', text: `三、窗口以本人名义向${city}的办理部门提交申请和本人交来的材料。` },
    { kind: 'text', text: '四、提交之前, 本人可以随时撤回同意; 撤回后窗口不再查询, 也不提交。' },
    { kind: 'text', text: '本同意书签字后由窗口扫描, 并由另一名工作人员与原件核对。' },
    { kind: 'line', text: '本人签字:' },
    { kind: 'line', text: '日期:' },
  ]
  return printed(desk, 'printConsent', { title: '授权同意书', foot: FOOT, parts }, actor, deps)
}

/** The names of clerks, as they stand on papers. */
async function namesOf(
  ids: readonly (string | null)[],
  { store }: Deps,
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))]
  const rows = await Promise.all(known.map(async (id) => [id, await store.clerks.named(id)] as const))
  return new Map(rows.map(([id, row]) => [id, row?.name ?? id]))
}

/** 收件告知单: what was taken in, who compared it, where the papers are. @throws GatewayError `DESK_STEP_MISSING` */
export async function printNotice(desk: DeskCase, at: AtDesk, actor: Actor, deps: Deps): Promise<Buffer> {
  const { matter, division } = await matterOf(desk, deps)
  const { row, content } = desk
  const [all, custody] = await Promise.all([
    deps.store.deskCases.papersOf(row.id),
    deps.store.deskCases.custodyOf(row.id),
  ])
  const papers = all.filter(({ documentId }) => documentId !== CONSENT_PAPER)
  const names = await namesOf(
    [
      ...papers.flatMap(({ scannedBy, certifiedBy }) => [scannedBy, certifiedBy]),
      ...custody.map((one) => one.clerkId),
    ],
    deps,
  )
  const documentName = (id: string) => matter.documents.find((one) => one.id === id)?.name.zh ?? id
  const parts: readonly Part[] = [
    ...headOf(desk, matter, division, at),
    { kind: 'heading', text: '收到的材料' },
    ...papers.map(
      ({ documentId, pages, certifiedBy, certifiedAt }, index): Part => ({
        kind: 'text',
        text: `${index + 1}. ${documentName(documentId)}, ${pages} 页。${
          certifiedBy && certifiedAt
            ? `与原件核对无异, 核对人 ${names.get(certifiedBy) ?? ''}, ${dayAndMinute(certifiedAt)}。`
            : '尚未与原件核对。'
        }`,
      }),
    ),
    ...content.spared.map(
      ({ document, name }): Part => ({
        kind: 'text',
        text: `${documentName(document)}: 由电子证照“${name}”代替, 免于提交。`,
      }),
    ),
    ...(custody.length === 0
      ? []
      : [
          { kind: 'heading', text: '纸质材料去向' } as const,
          ...custody.map(
            ({ step, at: when, clerkId, courier, courierNumber }): Part => ({
              kind: 'text',
              text: `${dayAndMinute(when)} ${isCustodyStep(step) ? CUSTODY[step].zh : step}, 经手人 ${names.get(clerkId) ?? ''}${courier ? `, ${courier} ${courierNumber ?? ''}` : ''}。`,
            }),
          ),
        ]),
    { kind: 'heading', text: '请注意' },
    {
      kind: 'text',
      text: '收件不等于受理。是否受理由办理地决定, 受理后开始计算承诺时限; 进度可在“我的办件”中查看。',
    },
    { kind: 'pair', name: '打印时间', text: dayAndMinute(deps.now()) },
    { kind: 'line', text: '收件人签字:' },
  ]
  return printed(desk, 'printNotice', { title: '收件告知单', foot: FOOT, parts }, actor, deps)
}
