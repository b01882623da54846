/** Why a settings file cannot be used, in one sentence. */
export class DeviceFileError extends Error {
  override readonly name = 'DeviceFileError';
}
