import type { DeviceFormat, DeviceProduct } from '../model/device-settings.ts';

/** A setting as it is in a file. */
export interface FoundSetting {
  /** As written there. */
  readonly key: string;
  readonly value: unknown;
  /** How the place stores it: `dword` and `text` in the registry, `multi` a list of texts there, `native` elsewhere. */
  readonly stored: 'dword' | 'text' | 'multi' | 'native' | 'other';
  /** In the registry: of the computer, or of one user, who can change it. */
  readonly hive?: 'machine' | 'user';
  /** The value is taken away and not set. */
  readonly removed?: boolean;
}

/** A file of settings, read and not judged yet. */
export interface ReadDeviceFile {
  readonly format: DeviceFormat;
  readonly product: DeviceProduct['id'];
  readonly settings: readonly FoundSetting[];
  /** What is to be said of the file as a whole, whoever looks at the settings. */
  readonly remarks: readonly string[];
  /** A person's or project's own settings file, which an administrator does not deliver. */
  readonly ownFile?: boolean;
}
