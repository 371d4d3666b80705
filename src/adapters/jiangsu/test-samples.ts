/** The contract's vectors, and a link that is answered by its samples. */
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import type { Outgoing, Transport } from '../kit/transport.ts'
import { jiangsu } from './index.ts'

interface Sample {
  readonly op: string
  readonly request: { method: string; path: string; headers: Record<string, string>; body?: unknown }
  readonly response: { status: number; headers?: Record<string, string>; body?: unknown }
}
export const samples = vectors.samples as unknown as readonly Sample[]
export const sample = (op: string): Sample => {
  const found = samples.find((one) => one.op === op)
  if (!found) throw new Error(op)
  return found
}
export const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))
export const jsonOf = (body: unknown) => JSON.parse(textOf(body))
export const now = () => new Date('2099-01-02T09:04:00+08:00')
export const config = vectors.directory
export const context = { options: config.options }

/** A link that is answered by these samples, and what was sent. */
export function answering(...ops: readonly string[]) {
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const path = new URL(out.url).pathname
    const found = ops.map(sample).find((one) => one.request.path.split('?')[0] === path)
    return {
      status: found?.response.status ?? 404,
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: Buffer.from(textOf(found?.response.body ?? {})),
    }
  }
  return { link: jiangsu.connect(config, transport, now), sent }
}
export const paramsOf = (out: Outgoing | undefined) => JSON.parse(String(out?.body)).params

export const readMatter = () =>
  answering('matter-detail', 'matter-materials', 'matter-centers').link.readMatter({
    division: '320500',
    code: '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
  })

type Params = Readonly<Record<string, string>>

/** A link to a platform that answers each action by its own function, and what it was sent: action and members. */
export function platform(by: Readonly<Record<string, (params: Params) => object>>) {
  const sent: { readonly action: string; readonly params: Params }[] = []
  const transport: Transport = async (out) => {
    const url = new URL(out.url)
    const action = url.pathname.split('/').at(-1) ?? ''
    const params =
      url.search === ''
        ? (JSON.parse(String(out.body)).params as Params)
        : Object.fromEntries(url.searchParams)
    sent.push({ action, params })
    const custom = by[action]?.(params) ?? { code: 0, text: 'no answer' }
    return {
      status: 200,
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: Buffer.from(JSON.stringify({ status: { code: 200, text: '' }, custom: { code: 1, ...custom } })),
    }
  }
  return { link: jiangsu.connect(config, transport, now), sent }
}
