import { expect, test } from 'vitest'
import { adapters } from '../../adapters/index.ts'
import type { RegionAdapter, RegionLink } from '../../adapters/kit/contract.ts'
import { regionDirectory } from './regions.ts'

test('a code in an answer that no table knows is told with its region, whichever city answered', async () => {
  const [adapter] = adapters
  if (!adapter) throw new Error('no adapters')
  // The configuration below is empty, and a log-in would look into it.
  const { logIn: _, ...silent } = adapter
  const alarm = { table: 'shanghai/caseType', code: '未知' }
  const talking: RegionAdapter = {
    ...silent,
    connect: (_config, _transport, _now, alarms) =>
      ({ health: async () => void alarms?.push(alarm) }) as Partial<RegionLink> as RegionLink,
  }
  const heard: unknown[] = []
  const directory = regionDirectory(
    { regions: { shanghai: {} } },
    [{ ...talking, configSchema: {} }],
    [],
    () => Promise.reject(new Error('no network')),
    () => new Date(),
    (region, told) => heard.push([region, told]),
  )
  await directory.at('310000').link.health('310000')
  expect(heard).toEqual([['shanghai', alarm]])
})
