/** Files that somebody may send as a photo, all made here: what is no picture, what is one and more, and what breaks decoders. */
import { bombs, sizes } from './corpus-bombs.ts'
import { brokenJpegs, brokenPngs } from './corpus-broken.ts'
import { cut, flipped } from './corpus-cut.ts'
import { heads, otherPictures, texts } from './corpus-foreign.ts'
import { goodPictures, metadata, tails } from './corpus-good.ts'
import { makeBases, type Sample } from './sample.ts'

/** Makes all files, in about three seconds. */
export async function corpus(): Promise<readonly Sample[]> {
  const bases = await makeBases()
  return [
    ...texts(),
    ...heads(),
    ...(await otherPictures()),
    ...(await goodPictures(bases)),
    ...tails(bases),
    ...metadata(bases),
    ...sizes(bases),
    ...bombs(bases),
    ...cut(bases),
    ...brokenJpegs(bases),
    ...brokenPngs(bases),
    ...flipped(bases),
  ]
}
