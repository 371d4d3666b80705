import { describe, expect, test } from 'vitest'
import { CITIES, cityName, cityOf, isCity, regionOf } from './division.ts'
import { REGIONS } from './regions.ts'

describe('divisions', () => {
  test('there are 1 + 13 + 11 + 16 cities in four regions', () => {
    const count = (region: string) => CITIES.filter((city) => city.region === region).length
    expect(REGIONS.map((region) => [region.id, count(region.id)])).toEqual([
      ['shanghai', 1],
      ['jiangsu', 13],
      ['zhejiang', 11],
      ['anhui', 16],
    ])
    expect(new Set(CITIES.map((city) => city.division)).size).toBe(41)
  })
  test.each(CITIES)('$division $zh lies in its region and in the Delta', (city) => {
    expect(regionOf(city.division)).toBe(city.region)
    expect(cityOf(city.division)).toBe(city.division)
    expect(isCity(city.division)).toBe(true)
    expect(city.lon > 114.8 && city.lon < 122.9 && city.lat > 27 && city.lat < 35.2).toBe(true)
  })
  test('cities that share their pinyin are told apart by their codes', () => {
    expect([cityName('320500'), cityName('341300')]).toEqual([
      { zh: '苏州', en: 'Suzhou' },
      { zh: '宿州', en: 'Suzhou' },
    ])
    expect([cityName('321200')?.zh, cityName('331000')?.zh]).toEqual(['泰州', '台州'])
  })
  test.each([
    ['310115', '310000'],
    ['310151', '310000'],
    ['320585', '320500'],
    ['330101', '330100'],
    ['341822', '341800'],
    ['340000', undefined],
    ['341400', undefined],
    ['110101', undefined],
    ['3205', undefined],
    ['320500000000', undefined],
    ['', undefined],
  ])('the city of %s is %s', (division, city) => {
    expect(cityOf(division)).toBe(city)
  })
  test('a region is none of its cities, and elsewhere is no region', () => {
    expect(isCity('320000')).toBe(false)
    expect(regionOf('320000')).toBe('jiangsu')
    expect(regionOf('110000')).toBeUndefined()
    expect(cityName('320000')).toBeUndefined()
  })
})
