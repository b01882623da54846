import type { DeviceFormat, DeviceProduct } from '../model/device-settings.ts';

/** A setting as found in a file. */
export interface ParsedSetting {
  /** As written in the file. */
  readonly key: string;
  readonly value: unknown;
  /** Storage type: in the registry `dword`, `text`, or `multi` for a list of texts; `native` elsewhere. */
  readonly stored: 'dword' | 'text' | 'multi' | 'native' | 'other';
  /** Registry hive: of the computer, or of one user, who can change it. */
  readonly hive?: 'machine' | 'user';
  /** The value is deleted, not set. */
  readonly removed?: boolean;
}

/** A parsed settings file, not yet checked. */
export interface ParsedDeviceFile {
  readonly format: DeviceFormat;
  readonly product: DeviceProduct['id'];
  readonly settings: readonly ParsedSetting[];
  /** Remarks about the file as a whole. */
  readonly remarks: readonly string[];
  /** A user's or project's own settings file, which is not deployed by an administrator. */
  readonly ownFile?: boolean;
}
