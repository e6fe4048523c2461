export function packagesInstalled(root: string): boolean;
export function installPackages(root: string): Promise<void>;
