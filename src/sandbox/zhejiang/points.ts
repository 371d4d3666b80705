/** Where an area's windows are, when they are open and how they are called: the model area as the contract shows it, the others their own. */
import { diallingOf, hallOf, hoursOf, houseOf, isOpenOnSaturday } from '../local.ts'
import type { Area } from './cities.ts'

export interface Point {
  readonly hall: string
  readonly address: string
  readonly phone: string
  readonly hours: string
}

/** The areas whose windows stand in the contract's samples. */
const RECORDED = ['330101', '330901']
const MODEL_HOURS = '周一至周五 09:00-12:00, 13:30-17:00'

/** The first window of an area, or the second. */
export function pointOf({ code, canonical, name }: Area, place: number): Point {
  if (RECORDED.includes(code))
    return {
      hall: `${name}测试政务服务中心`,
      address: `${name}测试路${place}号`,
      phone: `0570-0000000${place}`,
      hours: MODEL_HOURS,
    }
  const [am, pm] = hoursOf(canonical)
  return {
    hall: `${name}测试${hallOf(canonical)}`,
    address: `${name}${houseOf(canonical, place)}`,
    phone: `${diallingOf(canonical)}-0000000${place}`,
    hours: `周一至周五 ${am}, ${pm}${isOpenOnSaturday(canonical) ? `; 周六 ${am}` : ''}`,
  }
}

/** `ACCEPT_ADDRESS_INFO` of one area made that of another. */
export const pointsIn = (xml: string, model: Area, area: Area): string =>
  [1, 2].reduce(
    (text, place) => {
      const [from, to] = [pointOf(model, place), pointOf(area, place)]
      const block = new RegExp(
        `<ACCEPT_ADDRESS>(?:(?!</ACCEPT_ADDRESS>).)*win-${area.code}-${place}<.*?</ACCEPT_ADDRESS>`,
        's',
      )
      return text.replace(block, (one) =>
        one.replace(from.address, to.address).replace(from.phone, to.phone).replace(from.hours, to.hours),
      )
    },
    xml.replaceAll(model.code, area.code),
  )
