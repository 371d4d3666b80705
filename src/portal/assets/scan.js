// The counter's camera, where the browser reads QR codes by itself; without it the field for digits is all there is.
const EVERY_MS = 200

const [form, field, button, view, video, told] = ['scan', 'code', 'camera', 'view', 'video', 'told'].map(
  (id) => document.getElementById(id),
)

/** Whether this browser can find QR codes in pictures, and has a camera that it may ask for. */
async function canScan() {
  if (!('BarcodeDetector' in window) || !navigator.mediaDevices) return false
  return (await window.BarcodeDetector.getSupportedFormats()).includes('qr_code')
}

/** Looks until a code is found, and sends it; the camera is let go whatever happens. */
async function scan() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  try {
    video.srcObject = stream
    await video.play()
    const detector = new window.BarcodeDetector({ formats: ['qr_code'] })
    let [found] = []
    while (!found) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
      ;[found] = await detector.detect(video)
    }
    field.value = found.rawValue
    form.requestSubmit()
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

if (await canScan()) {
  button.hidden = false
  button.addEventListener('click', async () => {
    view.hidden = false
    button.disabled = true
    try {
      await scan()
    } catch {
      told.textContent = told.dataset.failed
      button.disabled = false
    }
  })
}
