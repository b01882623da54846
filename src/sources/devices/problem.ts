/** A file of settings that cannot be used, in one sentence. */
export class DeviceFileError extends Error {
  override readonly name = 'DeviceFileError';
}
