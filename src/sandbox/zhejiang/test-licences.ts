/** What the tests of the licences share: the three operations, a licence of the samples, and a gateway that may ask. */
import { expect } from 'vitest'
import { DATA, type Gateway, open, requestSecret } from './test-application.ts'

export const TYPE = '11330000MB1TEXT0X'
export const CARD = `1.2.156.3005.2.${TYPE}6001.330100.000000100.001.R`
/** Of the file of that licence, as the contract's sample tells it. */
export const DIGEST = '423bc18724e949368afedf3fdd50a87e23b8f4bc01157e1a62c08ceb6013eb32'
export const AUDIT = { use_purpose: '2', project_no: 'CSJ209901050000001' }
export const JIA = { certificate_holder_code: '33010619010203101X', ...AUDIT }
export const QUERY = 'FAKEZJ0501'
export const FETCH = 'FAKEZJ0502'
export const VERIFY = 'FAKEZJ0503'

export interface Row {
  readonly [name: string]: string
}

/** A platform with a secret that is good, and a way to ask it. */
export async function asked(gateway: Gateway = open()) {
  const secret = await requestSecret(gateway)
  const ask = async (id: string, query: Readonly<Record<string, string>>) =>
    (await gateway.share(`${DATA}/${id}.htm`, secret, query, '5')).json
  const rowsOf = async (id: string, query: Readonly<Record<string, string>>) => {
    const json = await ask(id, query)
    expect(json['code']).toBe('00')
    const rows = [json['datas'] ?? []].flat() as Row[]
    expect(String(json['dataCount'])).toBe(String(rows.length))
    return rows
  }
  return { gateway, ask, rowsOf }
}
