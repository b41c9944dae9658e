/** Whether packed images are kept, and which there are. */
import { ModelImage, ModelImages, ModelImagesInput, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { HEADER, ImageProgress, progressOf } from '../../llm/model/packed-image';
import { Companion } from '../../storage/companion';
import { Tree } from '../../storage/tree';
import { usageOf } from '../../storage/usage';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';
import { IMAGES, dropOldest } from './weight-file';

const header: usize = memory.data(128, 16);
/** Version 1: none are kept, u8. */
const setting = new Setting('model-images');

export function areImagesKept(): bool {
  return setting.read().take<u8>() == 0;
}

/** Bytes of all images, in whole pages. */
export function imagesBytes(): u64 {
  return usageOf(IMAGES, Tree.System).bytes;
}

export function getModelImages(): ModelImages {
  const answer = new ModelImages();
  answer.are_kept = areImagesKept();
  answer.bytes_used = imagesBytes();
  let image = Companion.oldestIn(IMAGES, null);
  while (image !== null) {
    answer.images.push(described(image));
    image = image.next;
  }
  return answer;
}

function described(image: Companion): ModelImage {
  const answer = new ModelImage();
  answer.filename = Text.of(image.pathOfFile);
  answer.used_ns = image.stamped;
  answer.is_only_copy = image.isOnlyCopy;
  let progress: ImageProgress | null = null;
  if (image.read(0, header, HEADER)) progress = progressOf(header);
  answer.bytes = progress === null ? image.size : progress.bytes;
  answer.bytes_kept = progress === null ? 0 : progress.keptBytes;
  return answer;
}

/** Keeps images from now on, or removes all and keeps none. */
export function setModelImages(input: ModelImagesInput): StatusCodeRecordResult {
  const value = new FieldWriter(1);
  value.put<u8>(u8(!input.are_kept));
  const unkept = setting.write(value);
  if (unkept === null && !input.are_kept) while (dropOldest(null)) {}
  return statusOf(unkept);
}
