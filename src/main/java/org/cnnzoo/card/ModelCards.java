package org.cnnzoo.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cnnzoo.diagram.Diagram;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.Recipes;
import org.cnnzoo.run.AtomicFile;
import org.cnnzoo.spec.Zoo;

/** The page of all models and their drawings, as files of {@code docs}. */
public final class ModelCards {
    private static final String PAGE = "models.md";
    private static final String IMAGES = "images/models";
    private static final String SVG = ".svg";

    private final List<Model> models;
    private final String page;

    private ModelCards(List<Model> models, String page) {
        this.models = models;
        this.page = page;
    }

    /**
     * Makes them of a folder with {@code models}, {@code models/cards} and {@code recipes}.
     *
     * @throws org.cnnzoo.errors.BadInput if a family has no card
     */
    public static ModelCards of(Path configs) {
        Path folder = configs.resolve("models");
        Zoo zoo = new Zoo(folder);
        List<Model> models = zoo.names().stream().map(name -> Model.load(zoo, name)).toList();
        Map<Family, List<Model>> families =
                new TreeMap<>(Comparator.comparingInt(Family::year).thenComparing(Family::name));
        for (Model model : models) {
            Family family = Family.read(folder.resolve("cards"), model.family());
            families.computeIfAbsent(family, none -> new ArrayList<>()).add(model);
        }
        families.values().forEach(ModelCards::sort);
        CardText cards = new CardText(new Recipes(configs.resolve("recipes")));
        return new ModelCards(models, new CardPage(families, cards).text());
    }

    /** The one that the others are variants of comes first, then the smaller ones. */
    private static void sort(List<Model> family) {
        family.sort(
                Comparator.comparing(Model::base)
                        .reversed()
                        .thenComparing(model -> model.network().parameters()));
    }

    /** What each file contains, by its path in {@code docs}. */
    public Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(PAGE, page);
        for (Model model : models) {
            files.put(IMAGES + "/" + model.name() + SVG, Diagram.svg(model.network()));
        }
        return files;
    }

    /**
     * Writes the files, and takes drawings of models away that are no more.
     *
     * @param docs the folder, made if it is missing
     * @throws WorkFailed if it can't be written
     */
    public void writeTo(Path docs) {
        Map<String, String> files = files();
        try {
            Files.createDirectories(docs.resolve(IMAGES));
            for (Path drawing : drawings(docs)) {
                if (!files.containsKey(IMAGES + "/" + drawing.getFileName())) {
                    Files.delete(drawing);
                }
            }
        } catch (IOException e) {
            throw new WorkFailed("could not write into " + docs + ": " + e.getMessage(), e);
        }
        files.forEach((name, text) -> AtomicFile.write(docs.resolve(name), text));
    }

    /** The drawings that are in a folder. */
    static List<Path> drawings(Path docs) throws IOException {
        try (Stream<Path> found = Files.list(docs.resolve(IMAGES))) {
            return found.filter(file -> file.toString().endsWith(SVG)).sorted().toList();
        }
    }
}
