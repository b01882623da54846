/**
 * Sets the time stamp of every entry of a ZIP archive to one day, because the library uses the current time and the
 * same report must give the same bytes. Only the four bytes of time and date in each header change; no checksum covers
 * them.
 */
export function stampZip(zip: Uint8Array, day: string): Uint8Array {
  const out = Uint8Array.from(zip);
  const view = new DataView(out.buffer);
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  const dosDate = ((Math.max(year, 1980) - 1980) << 9) | (month << 5) | date;
  const end = endOfDirectory(view);
  let at = view.getUint32(end + 16, true);
  for (let entry = view.getUint16(end + 10, true); entry > 0; entry -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50)
      throw new Error('The workbook’s archive has no directory entry where one is due.');
    view.setUint16(at + 12, 0, true);
    view.setUint16(at + 14, dosDate, true);
    const local = view.getUint32(at + 42, true);
    view.setUint16(local + 10, 0, true);
    view.setUint16(local + 12, dosDate, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return out;
}

function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0; at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new Error('The workbook’s archive has no end.');
}
