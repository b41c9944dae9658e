interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
export function isVersion(text: string | undefined): boolean;
/** Whether a version comes behind another one. */
export function isLater(version: string, other: string): boolean;
/** A manifest with this version of it and of those of our packages that it depends on. */
export function withVersion<T extends Manifest>(manifest: T, version: string, names: ReadonlySet<string>): T;
/** The changelog, with what is under "Unreleased" as the section of a version. */
export function released(changelog: string, version: string, date: string): string;
