package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command line of training, without training anything. */
class TrainCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int train(String... args) {
        out.reset();
        err.reset();
        String[] all = new String[args.length + 1];
        all[0] = "train";
        System.arraycopy(args, 0, all, 1, args.length);
        return CnnCommand.run(
                all, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private void assertRefused(String message, String... args) {
        // A dry run, so that a test whose refusal is lost doesn't train for minutes
        String[] dry =
                Stream.concat(Stream.of(args), Stream.of("--dry-run")).toArray(String[]::new);
        assertThat(train(dry)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(message);
        assertThat(err.toString(UTF_8).lines().count()).isBetween(1L, 3L);
        assertThat(out.size()).isZero();
    }

    private JsonNode dryRun(String... args) throws IOException {
        String[] all = new String[args.length + 3];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(new String[] {"--dry-run", "--format", "json"}, 0, all, args.length, 3);
        assertThat(train(all)).as(err.toString(UTF_8)).isZero();
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void everySettingIsAFlagAndEveryOtherFlagIsOneOfTheCommandsOwn() {
        Set<String> flags = new TreeSet<>();
        for (OptionSpec option : new CommandLine(new TrainCommand()).getCommandSpec().options()) {
            flags.addAll(List.of(option.names()));
        }
        Set<String> expected =
                new TreeSet<>(
                        Set.of(
                                "--recipe",
                                "--set",
                                "--resume",
                                "--dry-run",
                                "--ui",
                                "--format",
                                "--amp"));
        Settings.ALL.forEach(setting -> expected.addAll(setting.flags()));
        assertThat(flags).isEqualTo(expected);
    }

    @Test
    void theFlagsAndAliasesOfTorchvisionAndTimmAreThere() {
        Set<String> known = new TreeSet<>();
        Settings.ALL.forEach(setting -> known.addAll(setting.flags()));
        assertThat(known)
                .contains(
                        """
                        --model --data --data-path --data-dir --epochs -b --batch-size --lr --opt
                        --momentum --wd --weight-decay --norm-weight-decay --lr-scheduler --sched
                        --lr-step-size --lr-gamma --lr-min --lr-warmup-epochs --warmup-epochs
                        --label-smoothing --smoothing --mixup-alpha --mixup --cutmix-alpha --cutmix
                        --auto-augment --aa --random-erase --reprob --hflip-prob --hflip
                        --crop-padding --clip-grad-norm --clip-grad --model-ema --model-ema-decay
                        --class-weights --dropout --input-size --img-size --classes --weights
                        --freeze --seed --output-dir --output -j --workers --threads --patience"""
                                .split("\\s+"));
    }

    @Test
    void helpShowsHeadingsExamplesAndNoFlagThatIsRefused() {
        assertThat(train("--help")).isZero();
        String help = out.toString(UTF_8);
        assertThat(help).contains("Learning rate", "cnn train --model lenet5", "-b, --batch-size");
        for (Setting<?> setting : Settings.ALL) {
            assertThat(help.contains(setting.flag() + "="))
                    .as(setting.key())
                    .isEqualTo(!help.contains(setting.flag() + "[="));
        }
    }

    @Test
    void aFlagOfAnotherToolIsAnsweredWithOurs() {
        assertRefused(
                "unknown option: '--learning-rate'\ndid you mean --lr?\n",
                "--model",
                "lenet5",
                "--learning-rate",
                "0.1");
    }

    @Test
    void whatCannotBeDistributedIsRefusedBeforeAnyCluster() {
        String[] words = {"--model", "lenet5", "--master", "local[2]"};
        assertRefused(
                "--sync-every has an effect only with --master",
                "--model",
                "lenet5",
                "--sync-every",
                "2");
        assertRefused(
                "--parts has an effect only with --master", "--model", "lenet5", "--parts", "2");
        assertRefused("spark://HOST:PORT, local[N]", "--model", "lenet5", "--master", "yarn");
        assertRefused(
                "can't be shared evenly by 3 tasks; 63 or 66 can", with(words, "--parts", "3"));
        assertRefused("--sync-every 4 does the same", with(words, "--grad-accum-steps", "4"));
        assertRefused("--ui can't be had with --master", with(words, "--ui"));
        assertRefused("--sync gradients does", with(words, "--model-ema", "--sync", "parameters"));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void wrongCommandLinesSayWhatWouldBeRight() {
        assertRefused("--model is missing");
        assertRefused(
                "--batch-size: 3000000000 is too large: a whole number up to 2147483647",
                "--model",
                "lenet5",
                "-b",
                "3000000000");
        assertRefused("/ is not a run folder", "--model", "lenet5", "--weights", "/");
        assertRefused("did you mean 'lenet5'?", "--model", "lenet55");
        assertRefused("--lr: a number above 0 was expected", "--model", "lenet5", "--lr", "x");
        assertRefused("only with --lr-scheduler step", "--model", "lenet5", "--lr-step-size", "3");
        assertRefused("there is no recipe 'quik'", "--model", "lenet5", "--recipe", "quik");
        assertRefused("--dropout has no effect", "--model", "resnet18", "--dropout", "0.2");
        assertRefused("is below the 32 px", "--model", "vgg11", "--input-size", "16");
        assertRefused("too few for the 10 classes", "--model", "lenet5", "--classes", "3");
        assertRefused(
                "give one of them", "--model", "lenet5", "--lr", "0.1", "--set", "train.lr=0.2");
        assertRefused(
                "lr-warmup-epochs (6.0) must not exceed epochs (5)",
                "--model",
                "lenet5",
                "--epochs",
                "5",
                "--warmup-epochs",
                "6");
        assertRefused("no run folder at", "--resume", "no/such/run");
    }

    @Test
    void aSeedMayBeLargerThanAnInt() throws IOException {
        JsonNode plan = dryRun("--model", "lenet5", "--seed", "3000000000");
        assertThat(plan.at("/settings/seed/value").asLong()).isEqualTo(3_000_000_000L);
    }

    @Test
    void dryRunNamesTheSourceOfEachValue() throws IOException {
        JsonNode plan = dryRun("--model", "vgg11_bn", "--wd", "1e-3");
        assertThat(plan.at("/settings/weight-decay/value").doubleValue()).isEqualTo(0.001);
        assertThat(plan.at("/settings/weight-decay/source").asText()).isEqualTo("--weight-decay");
        assertThat(plan.at("/settings/epochs/source").asText()).isEqualTo("default");
        assertThat(plan.at("/settings/lr/source").asText()).matches("model .*vgg11_bn.yaml:.*");
        assertThat(plan.at("/input").toString()).isEqualTo("[1,32,32]");
        assertThat(plan.at("/input_from").asText())
                .isEqualTo("fashion-mnist's 28 px raised to vgg11_bn's minimum of 32 px");
        assertThat(plan.at("/classes").asInt()).isEqualTo(10);
    }

    @Test
    void theWayToResizeIsASettingUnlessItMakesNoDifference(@TempDir Path folder)
            throws IOException {
        TestPhotos.write(folder);
        JsonNode plan =
                dryRun(
                        "--model",
                        "lenet5",
                        "--data",
                        folder.toString(),
                        "--resize-mode",
                        "letterbox");
        assertThat(plan.at("/settings/resize-mode/value").asText()).isEqualTo("letterbox");
        assertRefused(
                "one of crop, letterbox, stretch was expected",
                "--model",
                "lenet5",
                "--resize-mode",
                "squash");
        assertRefused(
                "--resize-mode has no effect: the images of fashion-mnist are all 28x28",
                "--model",
                "lenet5",
                "--resize-mode",
                "letterbox");
    }

    @Test
    void theCachesFlagsAreRefusedWhereTheyHaveNoEffect() throws IOException {
        JsonNode plan = dryRun("--model", "lenet5", "--cache", "disk", "--cache-mb", "5");
        assertThat(plan.at("/settings/cache-mb/value").asInt()).isEqualTo(5);
        assertRefused(
                "--cache-mb has an effect only with --cache ram or disk",
                "--model",
                "lenet5",
                "--cache",
                "none",
                "--cache-mb",
                "5");
        assertRefused(
                "--cache-dir has an effect only with --cache disk",
                "--model",
                "lenet5",
                "--cache-dir",
                "x");
        assertRefused("is more than fits", "--model", "lenet5", "--cache-mb", "2000000");
    }

    @Test
    void progressiveResizingIsCheckedBeforeAnythingIsTrained() throws IOException {
        JsonNode plan = dryRun("--model", "resnet20_cifar", "--progressive-resizing", "0:16,5:28");
        assertThat(plan.at("/settings/progressive-resizing/value").asText()).isEqualTo("0:16,5:28");
        assertThat(plan.at("/input").toString()).isEqualTo("[1,28,28]");
        for (String[] wrong :
                new String[][] {
                    {"0:16,16:20", "10 epochs are over before the size changes after 16"},
                    {"5:16", "such as 0:128,10:160,20:224, not '5:16'"},
                    {"0:16,0:20", "rising epochs"},
                    {"0-16", "EPOCHS:SIZE"},
                    {"0:28", "no effect: the input has 28 px anyway"},
                }) {
            assertRefused(
                    wrong[1], "--model", "resnet20_cifar", "--progressive-resizing", wrong[0]);
        }
        assertRefused("are below the", "--model", "vgg11", "--progressive-resizing", "0:16");
        assertRefused(
                "lenet5 has other parameters at another size",
                "--model",
                "lenet5",
                "--progressive-resizing",
                "0:32");
    }

    @Test
    void setReachesTheArchitecture() throws IOException {
        long whole = dryRun("--model", "mobilenet_v1").at("/parameters").asLong();
        JsonNode half = dryRun("--model", "mobilenet_v1", "--set", "params.width=0.5");
        assertThat(half.at("/parameters").asLong()).isLessThan(whole / 2);
        assertThat(half.at("/set/0").asText()).isEqualTo("params.width=0.5");
        JsonNode colour = dryRun("--model", "lenet5", "--set", "input.shape=[3, 40, 40]");
        assertThat(colour.at("/input").toString()).isEqualTo("[3,40,40]");
    }

    @Test
    void aRecipeMayNameTheModel(@TempDir Path folder) throws IOException {
        Path recipe =
                Files.writeString(
                        folder.resolve("r.yaml"),
                        "model: lenet5\nlr: 0.5\nparams: {pooling: max}\n");
        JsonNode plan = dryRun("--recipe", recipe.toString());
        assertThat(plan.at("/model").asText()).isEqualTo("lenet5");
        // It is about this model, so it stands above the model's own recipe
        assertThat(plan.at("/settings/lr/value").doubleValue()).isEqualTo(0.5);
        assertThat(plan.at("/set/0").asText()).isEqualTo("params.pooling=max");
    }

    @Test
    void schedulesThatWouldChangeNothingAreRefused() {
        String[][] refused = {
            {"plateau has no effect: the rate drops after 11 epochs", "--sched=plateau"},
            {"there are 9 behind warm-up", "--sched=plateau", "--lr-patience=7"},
            {"all 2 epochs are warm-up", "--epochs=2", "--warmup-epochs=2", "--sched=cosine"},
        };
        for (String[] words : refused) {
            List<String> args = new ArrayList<>(List.of(words).subList(1, words.length));
            args.add(0, "--model=lenet5");
            if (words[0].startsWith("there are 9")) {
                args.add("--warmup-epochs=1");
            }
            assertRefused(words[0], args.toArray(String[]::new));
        }
    }

    @Test
    void whatHasAnEffectAllTheSameIsNotRefused() throws IOException {
        assertThat(dryRun("--model=lenet5", "--class-weights=none")).isNotNull();
        assertThat(
                        dryRun(
                                "--model=lenet5",
                                "--epochs=5",
                                "--lr-scheduler=plateau",
                                "--lr-patience=2"))
                .isNotNull();
        assertThat(dryRun("--model=lenet5", "-b=1", "--mixup-alpha=0", "--label-smoothing=0.1"))
                .isNotNull();
    }

    @Test
    void whatTheseImagesMakeIdleIsRefused() {
        String[][] refused = {
            {"--class-weights has no effect: all classes", "--class-weights=balanced"},
            {"--mixup-alpha has no effect on batches of one", "--mixup-alpha=0.2", "-b=1"},
            {"--hue-jitter", "--hue-jitter=0.1", "--set=input.shape=[3, 32, 32]"},
            {"--ui has no effect with --dry-run", "--ui"},
        };
        for (String[] words : refused) {
            List<String> args = new ArrayList<>(List.of(words).subList(1, words.length));
            args.add(0, "--model=lenet5");
            assertRefused(words[0], args.toArray(String[]::new));
        }
    }

    @Test
    void oneImageAtATimeIsRefusedWhereOneNumberOfEachChannelIsNormalised() throws IOException {
        String one = "normalises one number of each channel";
        assertRefused(one, "--model", "resnet18", "--batch-size", "1", "--grad-accum-steps", "64");
        assertThat(dryRun("--model", "lenet5", "--batch-size", "1")).isNotNull();
        assertThat(dryRun("--model", "resnet18", "-b", "1", "--freeze-bn")).isNotNull();
        assertThat(dryRun("--model", "resnet18", "-b", "1", "--input-size", "64")).isNotNull();
    }

    @Test
    void whatWouldChangeNothingIsRefused() {
        assertRefused("--freeze * leaves nothing to train", "--model", "lenet5", "--freeze", "*");
        assertRefused(
                "--lr-mult features.* has no effect: all that it fits is frozen",
                "--model",
                "lenet5",
                "--freeze",
                "features.*",
                "--lr-mult",
                "features.*=0.1");
        assertRefused(
                "--norm-weight-decay has no effect: lenet5 has no normalisation",
                "--model",
                "lenet5",
                "--norm-weight-decay",
                "0");
        assertRefused(
                "--patience 50 has no effect in 3 epochs",
                "--model",
                "lenet5",
                "--epochs",
                "3",
                "--patience",
                "50");
        assertRefused(
                "--patience 2 has no effect in 3 epochs",
                "--model",
                "lenet5",
                "--epochs",
                "3",
                "--patience",
                "2");
        assertRefused(
                "drop first 30 epochs behind warm-up, and there are 4.5",
                "--model",
                "lenet5",
                "--epochs",
                "5",
                "--sched",
                "multistep");
        assertRefused(
                "would make up for rare classes twice",
                "--model",
                "lenet5",
                "--sampler",
                "balanced",
                "--class-weights",
                "balanced");
        assertRefused(
                "--input-size and --set input.shape set the same; one of them",
                "--model",
                "lenet5",
                "--set",
                "input.shape=[3,64,64]",
                "--input-size",
                "32");
    }

    @Test
    void theFoldersOfARunAreWrittenOutWhole() throws IOException {
        JsonNode plan = dryRun("--model", "configs/models/../models/lenet5.yaml");
        assertThat(plan.at("/settings/model/value").asText())
                .isEqualTo(Path.of("configs/models/lenet5.yaml").toAbsolutePath().toString());
        assertThat(plan.at("/settings/data/value").asText()).isEqualTo("fashion-mnist");
    }
}
