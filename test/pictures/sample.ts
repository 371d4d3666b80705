/** What a file of the corpus is. */
import { scene } from './scene.ts'

/** `either`: chance decides whether a flipped bit is seen; nothing bad may come of it. */
export type Must = 'refused' | 'reencoded' | 'either'

/** One file. What is made twice is the same. */
export interface Sample {
  readonly name: string
  readonly must: Must
  readonly bytes: Buffer
}

export const group = (must: Must, files: Readonly<Record<string, Buffer | string>>): Sample[] =>
  Object.entries(files).map(([name, bytes]) => ({
    name,
    must,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
  }))

export const SIZE = { width: 420, height: 560 }

/** What every other file is made of. */
export interface Bases {
  readonly jpeg: Buffer
  readonly progressive: Buffer
  readonly png: Buffer
}

export const makeBases = async (): Promise<Bases> => ({
  jpeg: await scene(SIZE).jpeg({ quality: 85 }).toBuffer(),
  progressive: await scene(SIZE).jpeg({ progressive: true }).toBuffer(),
  png: await scene({ ...SIZE, grain: 0 })
    .png()
    .toBuffer(),
})
