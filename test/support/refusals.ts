/** What the gateway counts of refusals. */
import type { TestGateway } from './gateway.ts'

const SAMPLE = /^delta_refused_total\{door="([^"]+)",reason="([^"]+)"\} (\d+)$/gm

/** Every refusal so far, by `door reason`. */
async function refusals({ gateway }: Pick<TestGateway, 'gateway'>): Promise<ReadonlyMap<string, number>> {
  const text = await (await gateway.metrics.request('/metrics')).text()
  return new Map(
    [...text.matchAll(SAMPLE)].map(([, door, reason, count]) => [`${door} ${reason}`, Number(count)]),
  )
}

/** Does something, and tells what was counted meanwhile: a name for each refusal, in order of the alphabet. */
export async function counting<T>(
  gateway: Pick<TestGateway, 'gateway'>,
  act: () => Promise<T>,
): Promise<{ readonly told: T; readonly counted: readonly string[] }> {
  const before = await refusals(gateway)
  const told = await act()
  const after = await refusals(gateway)
  const counted = [...after].flatMap(([name, count]) =>
    Array.from({ length: count - (before.get(name) ?? 0) }, () => name),
  )
  return { told, counted: counted.toSorted() }
}
