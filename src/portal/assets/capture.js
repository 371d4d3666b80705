// The camera of the page that takes a photo; without it the file input is all there is. Nothing here sees a face: it looks at light and edges.
const EVERY_MS = 300
/** The picture is measured at this size: the marks below belong to it. */
const [WIDE, HIGH] = [96, 120]
/** Luma 0 to 255; variance of the Laplacian. Hints alone: the gateway judges what is sent. */
const MARKS = { dark: 60, bright: 225, blurred: 20 }
/** Of the still. */
const LONGEST_SIDE = 1_600

const byId = (id) => document.getElementById(id)
const [camera, view, video, still, guide, told] = ['camera', 'view', 'video', 'still', 'guide', 'told'].map(
  byId,
)
const [open, take, use, again] = ['open', 'take', 'use', 'again'].map(byId)
const [form, file] = ['capture', 'file'].map(byId)

let stream
let timer

/** Says something only when it is new: a screen reader reads each change. */
function tell(what) {
  const words = camera.dataset[what] ?? told.dataset[what]
  if (told.textContent !== words) told.textContent = words
}

/** The middle of the camera's picture, four to five as it is shown. */
function middle() {
  const { videoWidth, videoHeight } = video
  const width = Math.min(videoWidth, (videoHeight * 4) / 5)
  const height = (width * 5) / 4
  return [(videoWidth - width) / 2, (videoHeight - height) / 2, width, height]
}

function draw(canvas, width, height) {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.drawImage(video, ...middle(), 0, 0, width, height)
  return context
}

const small = document.createElement('canvas')

/** What can be said of the light and the edges now. */
function hint() {
  const { data } = draw(small, WIDE, HIGH).getImageData(0, 0, WIDE, HIGH)
  const luma = Array.from(
    { length: WIDE * HIGH },
    (_, at) => 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2],
  )
  const mean = luma.reduce((sum, one) => sum + one, 0) / luma.length
  if (mean < MARKS.dark) return 'dark'
  if (mean > MARKS.bright) return 'bright'
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < HIGH - 1; y += 1)
    for (let x = 1; x < WIDE - 1; x += 1) {
      const at = y * WIDE + x
      const edge = luma[at - 1] + luma[at + 1] + luma[at - WIDE] + luma[at + WIDE] - 4 * luma[at]
      sum += edge
      squares += edge * edge
      count += 1
    }
  return squares / count - (sum / count) ** 2 < MARKS.blurred ? 'blurred' : 'good'
}

/** Shows either what the camera sees or what was taken. */
function show(isTaken) {
  video.hidden = isTaken
  guide.toggleAttribute('hidden', isTaken)
  still.hidden = !isTaken
  take.hidden = isTaken
  use.hidden = !isTaken
  again.hidden = !isTaken
}

function letGo() {
  clearInterval(timer)
  for (const track of stream?.getTracks() ?? []) track.stop()
  stream = undefined
}

async function look() {
  const size = { width: { ideal: 1920 }, height: { ideal: 1440 } }
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user', ...size } })
  video.srcObject = stream
  view.hidden = false
  await video.play()
  open.hidden = true
  show(false)
  tell('ready')
  timer = setInterval(() => tell(hint()), EVERY_MS)
}

const fail = () => {
  letGo()
  view.hidden = true
  open.hidden = false
  for (const one of [take, use, again]) one.hidden = true
  tell('denied')
}
const start = () => look().catch(fail)

if (navigator.mediaDevices) {
  camera.hidden = false
  open.addEventListener('click', start)
  again.addEventListener('click', start)
  take.addEventListener('click', () => {
    const height = Math.min(LONGEST_SIDE, Math.round(middle()[3]))
    draw(still, Math.round((height * 4) / 5), height)
    letGo()
    show(true)
    tell('taken')
    use.focus()
  })
  use.addEventListener('click', () =>
    still.toBlob(
      (blob) => {
        const files = new DataTransfer()
        files.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }))
        file.files = files.files
        form.requestSubmit()
      },
      'image/jpeg',
      0.95,
    ),
  )
  addEventListener('pagehide', letGo)
}
