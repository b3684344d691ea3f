package org.cnnzoo.recipe;

import static org.cnnzoo.recipe.Setting.Group.AUGMENTATION;
import static org.cnnzoo.recipe.Setting.Group.CLUSTER;
import static org.cnnzoo.recipe.Setting.Group.LENGTH;
import static org.cnnzoo.recipe.Setting.Group.LOSS;
import static org.cnnzoo.recipe.Setting.Group.OPTIMIZER;
import static org.cnnzoo.recipe.Setting.Group.RATE;
import static org.cnnzoo.recipe.Setting.Group.RUN;
import static org.cnnzoo.recipe.Setting.Group.WHAT;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Precision;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.recipe.Setting.Group;
import org.cnnzoo.train.ClassWeights;
import org.cnnzoo.train.Moment;
import org.cnnzoo.train.Optimizer.RmsProp;
import org.cnnzoo.train.Sync;
import org.jspecify.annotations.Nullable;

/**
 * The table of settings: a row here is a flag of {@code cnn train}, a key in recipes, a line of
 * {@code --dry-run} and of a run's {@code config.yaml}.
 *
 * <p>The defaults suit a small network without batch normalisation on small images.
 */
public final class Settings {
    /** JSON's numbers are exact up to it. */
    private static final long GREATEST_SEED = (1L << 53) - 1;

    public static final Setting<String> MODEL =
            text(WHAT, "model", "MODEL", "a name of 'cnn models', or an architecture's YAML file");
    public static final Setting<String> DATA =
            text(
                            WHAT,
                            "data",
                            "DATA",
                            "a name of 'cnn data list', a folder of images by class, or a CSV file"
                                    + " of path,label[,split]")
                    .byDefault("fashion-mnist");
    public static final Setting<String> DATA_PATH =
            text(WHAT, "data-path", "FOLDER", "a known data set's files, if not in datasets/")
                    .alias("--data-dir");
    public static final Setting<Double> VAL_SPLIT =
            number(
                    WHAT,
                    "val-split",
                    new Range(0, false, 1, false),
                    null,
                    "share of each class's training images that is set aside to validate on, where"
                            + " the data have none for it; otherwise as the data set's file says,"
                            + " or a tenth");
    public static final Setting<Long> VAL_SEED =
            Setting.of(
                    WHAT,
                    "val-seed",
                    new SettingType.Whole(Range.between(0, GREATEST_SEED)),
                    "which images that are; otherwise the same in every run, whatever --seed");
    public static final Setting<Long> INPUT_SIZE =
            whole(
                            WHAT,
                            "input-size",
                            1,
                            null,
                            "input height and width in pixels; otherwise the"
                                    + " data's, raised to the model's minimum")
                    .alias("--img-size");
    public static final Setting<ResizeMode> RESIZE_MODE =
            constant(
                    WHAT,
                    "resize-mode",
                    ResizeMode.CROP,
                    "how images of other proportions are brought to the input: middle cut out,"
                            + " black borders, or proportions changed");
    public static final Setting<Long> CLASSES =
            whole(WHAT, "classes", 1, null, "outputs of the network; otherwise the data's classes");
    public static final Setting<Double> DROPOUT =
            number(
                    WHAT,
                    "dropout",
                    Range.below(0, 1),
                    null,
                    "probability to drop, in place of the model's parameter 'dropout'");
    public static final Setting<String> WEIGHTS =
            text(
                    WHAT,
                    "weights",
                    "FILE",
                    "start from these: a run, a checkpoint, or a state dict (.safetensors, .pth);"
                            + " a classifier of other size starts anew");
    public static final Setting<String> FREEZE =
            text(
                    WHAT,
                    "freeze",
                    "PATTERN",
                    "parameters that are not trained, such as 'features.*'; several with commas");

    public static final Setting<Boolean> FREEZE_BN =
            onOff(
                    WHAT,
                    "freeze-bn",
                    "normalise by the running statistics in training too, and leave them as they"
                            + " are");

    public static final Setting<Long> EPOCHS =
            whole(LENGTH, "epochs", 1, 10L, "passes over the training images");
    public static final Setting<Long> BATCH_SIZE =
            whole(LENGTH, "batch-size", 1, 64L, "images in one step").alias("-b");
    public static final Setting<Long> PATIENCE =
            whole(
                    LENGTH,
                    "patience",
                    0,
                    0L,
                    "stop after so many epochs without a better validation"
                            + " accuracy; 0: never");
    public static final Setting<Long> SAVE_EVERY =
            whole(
                    LENGTH,
                    "save-every",
                    0,
                    500L,
                    "steps between checkpoints inside an epoch; 0: only at its end");
    public static final Setting<Long> LIMIT_TRAIN_BATCHES =
            whole(
                    LENGTH,
                    "limit-train-batches",
                    0,
                    0L,
                    "only the first N batches of each epoch, for trials; 0: all");
    public static final Setting<Long> LIMIT_VAL_BATCHES =
            whole(
                    LENGTH,
                    "limit-val-batches",
                    0,
                    0L,
                    "only so many batches, of images evenly spaced, when validating, for trials; 0:"
                            + " all");

    public static final Setting<String> PROGRESSIVE_RESIZING =
            text(
                    LENGTH,
                    "progressive-resizing",
                    "EPOCHS:SIZE,...",
                    "sizes of the training images in pixels, each from so many epochs on, such as"
                            + " 0:128,10:160,20:224; validated at the input's size");

    public static final Setting<String> OPT =
            choice(OPTIMIZER, "opt", "sgd", "optimiser", "sgd", "adam", "adamw", "rmsprop");
    public static final Setting<Double> MOMENTUM =
            number(OPTIMIZER, "momentum", Range.below(0, 1), 0.9, "momentum")
                    .onlyWith(OPT, "sgd", "rmsprop");
    public static final Setting<Double> RMSPROP_ALPHA =
            number(OPTIMIZER, "rmsprop-alpha", Range.below(0, 1), 0.99, "decay of the mean square")
                    .onlyWith(OPT, "rmsprop");
    public static final Setting<RmsProp.Convention> RMSPROP_FORM =
            constant(
                            OPTIMIZER,
                            "rmsprop-form",
                            RmsProp.Convention.PYTORCH,
                            "whose formula; papers that used TensorFlow mean its own")
                    .onlyWith(OPT, "rmsprop");
    public static final Setting<Double> OPT_EPS =
            number(OPTIMIZER, "opt-eps", Range.above(0), 1e-8, "epsilon of the denominator")
                    .onlyWith(OPT, "adam", "adamw", "rmsprop");
    public static final Setting<Boolean> NESTEROV =
            onOff(OPTIMIZER, "nesterov", "Nesterov's momentum instead of the classical one")
                    .onlyWith(OPT, "sgd");
    public static final Setting<Double> WEIGHT_DECAY =
            number(
                            OPTIMIZER,
                            "weight-decay",
                            Range.atLeast(0),
                            5e-4,
                            "weight decay (beside the"
                                    + " gradient in adamw, as part of it in the others)")
                    .alias("--wd");
    public static final Setting<Double> NORM_WEIGHT_DECAY =
            number(
                    OPTIMIZER,
                    "norm-weight-decay",
                    Range.atLeast(0),
                    null,
                    "weight decay of"
                            + " normalisation's scale and shift; otherwise as --weight-decay");
    public static final Setting<Double> BIAS_WEIGHT_DECAY =
            number(
                    OPTIMIZER,
                    "bias-weight-decay",
                    Range.atLeast(0),
                    null,
                    "weight decay of biases, normalisation's shifts too; otherwise as"
                            + " --norm-weight-decay and --weight-decay");
    public static final Setting<Long> GRAD_ACCUM_STEPS =
            whole(
                            OPTIMIZER,
                            "grad-accum-steps",
                            1,
                            1L,
                            "batches whose gradients are averaged before an update")
                    .alias("--accumulate");
    public static final Setting<Double> CLIP_GRAD_NORM =
            number(
                            OPTIMIZER,
                            "clip-grad-norm",
                            Range.atLeast(0),
                            0.0,
                            "greatest norm of the whole gradient; 0: any")
                    .alias("--clip-grad");
    public static final Setting<Boolean> MODEL_EMA =
            onOff(OPTIMIZER, "model-ema", "evaluate and keep a moving average of the weights");
    public static final Setting<Double> MODEL_EMA_DECAY =
            number(
                            OPTIMIZER,
                            "model-ema-decay",
                            Range.below(0, 1),
                            0.999,
                            "the average's decay at each step")
                    .onlyWith(MODEL_EMA, true);

    public static final Setting<Double> LR =
            number(RATE, "lr", Range.above(0), 0.05, "learning rate, the schedule's greatest");
    public static final Setting<String> LR_MULT =
            text(
                    RATE,
                    "lr-mult",
                    "PATTERN=X",
                    "factors of the rate by parameter, such as 'features.*=0.1'; several with"
                            + " commas, the last that fits counts");
    public static final Setting<String> LR_SCHEDULER =
            choice(
                            RATE,
                            "lr-scheduler",
                            "cosine",
                            "how the rate changes",
                            "constant",
                            "step",
                            "multistep",
                            "exponential",
                            "cosine",
                            "poly",
                            "onecycle",
                            "plateau")
                    .alias("--sched");
    public static final Setting<Double> LR_WARMUP_EPOCHS =
            number(
                            RATE,
                            "lr-warmup-epochs",
                            Range.atLeast(0),
                            null,
                            "epochs, also a fraction, in which the rate rises to --lr; otherwise a"
                                    + " tenth of --epochs, at most 1")
                    .alias("--warmup-epochs")
                    .onlyWith(
                            LR_SCHEDULER,
                            "constant",
                            "step",
                            "multistep",
                            "exponential",
                            "cosine",
                            "poly",
                            "plateau");
    public static final Setting<Moment.Pace> LR_PACE =
            constant(
                            RATE,
                            "lr-pace",
                            Moment.Pace.ITERATION,
                            "whether the rate changes with each epoch or each iteration")
                    .onlyWith(
                            LR_SCHEDULER,
                            "constant",
                            "step",
                            "multistep",
                            "exponential",
                            "cosine",
                            "poly",
                            "plateau");
    public static final Setting<Double> LR_MIN =
            number(RATE, "lr-min", Range.atLeast(0), 0.0, "the rate at the end")
                    .onlyWith(LR_SCHEDULER, "cosine", "poly", "onecycle", "plateau");
    public static final Setting<Long> LR_STEP_SIZE =
            whole(RATE, "lr-step-size", 1, 30L, "epochs between two drops of the rate")
                    .onlyWith(LR_SCHEDULER, "step");
    public static final Setting<List<Long>> LR_MILESTONES =
            Setting.of(
                            RATE,
                            "lr-milestones",
                            new SettingType.Rising(),
                            "epochs after which the rate drops, counted from the end of warm-up as"
                                    + " torchvision does")
                    .byDefault(List.of(30L, 60L, 80L))
                    .onlyWith(LR_SCHEDULER, "multistep");
    public static final Setting<Double> LR_GAMMA =
            number(
                            RATE,
                            "lr-gamma",
                            new Range(0, false, 1, true),
                            0.1,
                            "factor of the rate at each drop (exponential: after each epoch)")
                    .onlyWith(LR_SCHEDULER, "step", "multistep", "exponential", "plateau");
    public static final Setting<Long> LR_PATIENCE =
            whole(
                            RATE,
                            "lr-patience",
                            0,
                            10L,
                            "epochs without a lower validation loss before the rate drops")
                    .onlyWith(LR_SCHEDULER, "plateau");
    public static final Setting<Double> LR_POWER =
            number(RATE, "lr-power", Range.above(0), 1.0, "the polynomial's power")
                    .onlyWith(LR_SCHEDULER, "poly");

    public static final Setting<Double> HFLIP_PROB =
            number(
                            AUGMENTATION,
                            "hflip-prob",
                            Range.between(0, 1),
                            0.5,
                            "probability to exchange left and right")
                    .alias("--hflip");
    public static final Setting<Long> CROP_PADDING =
            whole(
                    AUGMENTATION,
                    "crop-padding",
                    0,
                    0L,
                    "black pixels put around an image before a random crop to its size");
    public static final Setting<Double> RANDOM_RESIZED_CROP =
            number(
                            AUGMENTATION,
                            "random-resized-crop",
                            Range.between(0, 1),
                            0.0,
                            "smallest share of the area that a random resized crop takes, in place"
                                    + " of the usual resize (the papers' is 0.08); 0: none")
                    .alias("--rrc");
    public static final Setting<String> SCALE_CROP =
            text(
                    AUGMENTATION,
                    "scale-crop",
                    "FROM[:TO]",
                    "how many times the input's size images become, at random between two figures,"
                            + " before a random crop of that size, in place of the usual resize:"
                            + " AlexNet's is 1.143 (256 for 224 pixels), VGG's 1.143:2.286");
    public static final Setting<Double> VFLIP_PROB =
            number(
                            AUGMENTATION,
                            "vflip-prob",
                            Range.between(0, 1),
                            0.0,
                            "probability to exchange top and bottom")
                    .alias("--vflip");
    public static final Setting<Double> ROTATION =
            number(
                    AUGMENTATION,
                    "rotation",
                    Range.between(0, 180),
                    0.0,
                    "greatest random rotation to either side, degrees");
    public static final Setting<Double> TRANSLATE =
            number(
                    AUGMENTATION,
                    "translate",
                    Range.between(0, 1),
                    0.0,
                    "greatest random move in each direction, share of the side");
    public static final Setting<Double> SCALE_JITTER =
            number(
                    AUGMENTATION,
                    "scale-jitter",
                    Range.below(0, 1),
                    0.0,
                    "random scale from 1 - X to 1 + X");
    public static final Setting<Double> SHEAR =
            number(
                    AUGMENTATION,
                    "shear",
                    Range.below(0, 90),
                    0.0,
                    "greatest random shear to either side, degrees");
    public static final Setting<Double> COLOR_JITTER =
            number(
                    AUGMENTATION,
                    "color-jitter",
                    Range.atLeast(0),
                    0.0,
                    "random brightness, contrast and saturation, factors from 1 - X to 1 + X");
    public static final Setting<Double> HUE_JITTER =
            number(
                    AUGMENTATION,
                    "hue-jitter",
                    Range.between(0, 0.5),
                    0.0,
                    "greatest random turn of the hue, share of the colour circle");
    public static final Setting<Double> PCA_COLOR =
            number(
                    AUGMENTATION,
                    "pca-color",
                    Range.atLeast(0),
                    0.0,
                    "AlexNet's change along the principal colours, deviation (the paper's is 0.1)");
    public static final Setting<String> AUTO_AUGMENT =
            choice(
                            AUGMENTATION,
                            "auto-augment",
                            "none",
                            "a policy: RandAugment (ra) or TrivialAugment (ta_wide)",
                            "none",
                            "ra",
                            "ta_wide")
                    .alias("--aa");
    public static final Setting<Long> RA_MAGNITUDE =
            whole(AUGMENTATION, "ra-magnitude", 0, 9L, "strength of RandAugment, 0 to 30")
                    .onlyWith(AUTO_AUGMENT, "ra");
    public static final Setting<Long> RA_OPS =
            whole(AUGMENTATION, "ra-ops", 1, 2L, "changes that RandAugment makes to an image")
                    .onlyWith(AUTO_AUGMENT, "ra");
    public static final Setting<Double> RANDOM_ERASE =
            number(
                            AUGMENTATION,
                            "random-erase",
                            Range.between(0, 1),
                            0.0,
                            "probability to blank a rectangle")
                    .alias("--reprob");
    public static final Setting<Double> MIXUP_ALPHA =
            number(
                            AUGMENTATION,
                            "mixup-alpha",
                            Range.atLeast(0),
                            0.0,
                            "mixup: shares are drawn from Beta(X, X); 0: none")
                    .alias("--mixup");
    public static final Setting<Double> CUTMIX_ALPHA =
            number(
                            AUGMENTATION,
                            "cutmix-alpha",
                            Range.atLeast(0),
                            0.0,
                            "cutmix: areas are drawn from Beta(X, X); 0: none; with mixup each"
                                    + " batch draws which")
                    .alias("--cutmix");
    public static final Setting<Double> LABEL_SMOOTHING =
            number(
                            LOSS,
                            "label-smoothing",
                            Range.below(0, 1),
                            0.0,
                            "share of a label that is spread over all classes")
                    .alias("--smoothing");
    public static final Setting<String> SAMPLER =
            choice(
                    LOSS,
                    "sampler",
                    "shuffle",
                    "what an epoch is: every image once, or as many draws of each class as of any"
                            + " other (balanced)",
                    "shuffle",
                    "balanced");
    public static final Setting<ClassWeights> CLASS_WEIGHTS =
            constant(
                    LOSS,
                    "class-weights",
                    ClassWeights.NONE,
                    "weights of classes in the loss (balanced: rare ones count more)");

    public static final Setting<Long> SEED =
            Setting.of(
                            RUN,
                            "seed",
                            new SettingType.Whole(Range.between(0, GREATEST_SEED)),
                            "of everything random: weights, order, augmentation, dropout")
                    .byDefault(0L);
    public static final Setting<Long> WORKERS =
            whole(RUN, "workers", 0, 1L, "threads that prepare batches; 0: the training's own")
                    .alias("-j");
    public static final Setting<Long> THREADS =
            whole(RUN, "threads", 1, null, "threads of arithmetic; otherwise one a core");
    public static final Setting<CacheChoice.Kind> CACHE =
            constant(
                    RUN,
                    "cache",
                    CacheChoice.Kind.RAM,
                    "where decoded images stay between epochs: nowhere, in memory, or in files that"
                            + " later runs use too");
    public static final Setting<Long> CACHE_MB =
            whole(
                            RUN,
                            "cache-mb",
                            1,
                            null,
                            "MiB of them that are kept; otherwise, of each split, 1024 or a quarter"
                                    + " of the heap in memory, and all in files")
                    .onlyWith(CACHE, CacheChoice.Kind.RAM, CacheChoice.Kind.DISK);
    public static final Setting<String> CACHE_DIR =
            text(RUN, "cache-dir", "FOLDER", "the files' folder; otherwise ~/.cache/cnn")
                    .onlyWith(CACHE, CacheChoice.Kind.DISK);
    public static final Setting<EngineKind> ENGINE =
            constant(RUN, "engine", EngineKind.AUTO, "what does the arithmetic");
    public static final Setting<Precision> PRECISION =
            constant(
                    RUN,
                    "precision",
                    Precision.FP32,
                    "in what numbers layers compute; parameters, updates and statistics stay fp32");
    public static final Setting<Boolean> TENSORBOARD =
            onOff(RUN, "tensorboard", "write TensorBoard's event files in the run's folder too");
    public static final Setting<String> OUTPUT_DIR =
            text(RUN, "output-dir", "FOLDER", "the run's folder; otherwise a new one in runs/")
                    .alias("--output");

    /** {@link #MASTER} where there is no cluster. */
    public static final String NO_MASTER = "none";

    public static final Setting<String> MASTER =
            text(
                            CLUSTER,
                            "master",
                            "URL",
                            "train on a Spark cluster: spark://HOST:PORT, local[N],"
                                    + " local-cluster[WORKERS,CORES,MB]; docs/distributed.md")
                    .byDefault(NO_MASTER);
    public static final Setting<Long> PARTS =
            whole(
                            CLUSTER,
                            "parts",
                            1,
                            null,
                            "tasks that share each batch; otherwise as many as the cluster does at"
                                    + " a time")
                    .onlyWith(MASTER);
    public static final Setting<Sync> SYNC =
            constant(
                            CLUSTER,
                            "sync",
                            Sync.GRADIENTS,
                            "what is brought together: gradients are added up before one update;"
                                    + " parameters are averaged after each task's own updates")
                    .onlyWith(MASTER);
    public static final Setting<Long> SYNC_EVERY =
            whole(CLUSTER, "sync-every", 1, 1L, "batches between that and the next time")
                    .onlyWith(MASTER);

    /** Every setting, in the order of {@code --help} and {@code config.yaml}. */
    public static final List<Setting<?>> ALL =
            List.of(
                    MODEL,
                    DATA,
                    DATA_PATH,
                    VAL_SPLIT,
                    VAL_SEED,
                    INPUT_SIZE,
                    RESIZE_MODE,
                    CLASSES,
                    DROPOUT,
                    WEIGHTS,
                    FREEZE,
                    FREEZE_BN,
                    EPOCHS,
                    BATCH_SIZE,
                    PATIENCE,
                    SAVE_EVERY,
                    LIMIT_TRAIN_BATCHES,
                    LIMIT_VAL_BATCHES,
                    PROGRESSIVE_RESIZING,
                    OPT,
                    MOMENTUM,
                    NESTEROV,
                    RMSPROP_ALPHA,
                    RMSPROP_FORM,
                    OPT_EPS,
                    WEIGHT_DECAY,
                    NORM_WEIGHT_DECAY,
                    BIAS_WEIGHT_DECAY,
                    GRAD_ACCUM_STEPS,
                    CLIP_GRAD_NORM,
                    MODEL_EMA,
                    MODEL_EMA_DECAY,
                    LR,
                    LR_MULT,
                    LR_SCHEDULER,
                    LR_WARMUP_EPOCHS,
                    LR_PACE,
                    LR_MIN,
                    LR_STEP_SIZE,
                    LR_MILESTONES,
                    LR_GAMMA,
                    LR_PATIENCE,
                    LR_POWER,
                    HFLIP_PROB,
                    CROP_PADDING,
                    RANDOM_RESIZED_CROP,
                    SCALE_CROP,
                    VFLIP_PROB,
                    ROTATION,
                    TRANSLATE,
                    SCALE_JITTER,
                    SHEAR,
                    COLOR_JITTER,
                    HUE_JITTER,
                    PCA_COLOR,
                    AUTO_AUGMENT,
                    RA_MAGNITUDE,
                    RA_OPS,
                    RANDOM_ERASE,
                    MIXUP_ALPHA,
                    CUTMIX_ALPHA,
                    LABEL_SMOOTHING,
                    SAMPLER,
                    CLASS_WEIGHTS,
                    SEED,
                    WORKERS,
                    THREADS,
                    CACHE,
                    CACHE_MB,
                    CACHE_DIR,
                    ENGINE,
                    PRECISION,
                    TENSORBOARD,
                    OUTPUT_DIR,
                    MASTER,
                    PARTS,
                    SYNC,
                    SYNC_EVERY);

    private Settings() {}

    /** The setting that a recipe calls {@code name}, by its key or a long alias. */
    public static Optional<Setting<?>> find(String name) {
        return ALL.stream().filter(setting -> setting.names().contains(name)).findFirst();
    }

    private static Setting<Long> whole(
            Group group, String key, long least, @Nullable Long byDefault, String doc) {
        // The trainer counts in ints
        Range range = new Range(least, true, Integer.MAX_VALUE, true);
        return Setting.of(group, key, new SettingType.Whole(range), doc).byDefault(byDefault);
    }

    private static Setting<Double> number(
            Group group, String key, Range range, @Nullable Double byDefault, String doc) {
        return Setting.of(group, key, new SettingType.Decimal(range), doc).byDefault(byDefault);
    }

    private static Setting<Boolean> onOff(Group group, String key, String doc) {
        return Setting.of(group, key, new SettingType.Switch(), doc).byDefault(false);
    }

    private static <E extends Enum<E> & Labelled> Setting<E> constant(
            Group group, String key, E byDefault, String doc) {
        return Setting.of(
                        group, key, new SettingType.Constant<>(byDefault.getDeclaringClass()), doc)
                .byDefault(byDefault);
    }

    private static Setting<String> choice(
            Group group, String key, String byDefault, String doc, String... words) {
        return Setting.of(group, key, new SettingType.Choice(List.of(words)), doc)
                .byDefault(byDefault);
    }

    private static Setting<String> text(Group group, String key, String label, String doc) {
        return Setting.of(group, key, new SettingType.Text(label), doc);
    }
}
